import {
  errorMessage,
  isRequestId,
  notificationMessage,
  RawJson,
  readMessage,
  responseMessage,
  resultMessage,
} from './json-rpc.js';
import { JsonRpcErrorCode } from './json-rpc-error-code.js';

const read = (json: string) => readMessage(JSON.parse(json));

describe('readMessage', () => {
  it.each([
    ['a string', '"a"', 'a'],
    ['an empty string', '""', ''],
    ['zero', '0', 0],
    ['a negative number', '-7', -7],
    ['a whole number written as a fraction', '1.0', 1],
    ['the greatest number that is exact', '9007199254740991', 9007199254740991],
    ['a string that looks like a number', '"1"', '1'],
  ])('reads a request whose id is %s', (_, id, kept) => {
    expect(read(`{"jsonrpc":"2.0","id":${id},"method":"ping","params":{"a":1}}`)).toEqual({
      kind: 'request',
      id: kept,
      method: 'ping',
      params: { a: 1 },
    });
    expect(read(`{"jsonrpc":"2.0","id":${id},"result":{}}`)).toEqual({
      kind: 'response',
      id: kept,
      result: {},
    });
  });

  it.each(['null', '1.5', '1e400', '9007199254740993', 'true', '{}', '[1]'])(
    'accepts neither request nor response whose id is %s',
    (id) => {
      expect(read(`{"jsonrpc":"2.0","id":${id},"method":"ping"}`)).toBeUndefined();
      expect(read(`{"jsonrpc":"2.0","id":${id},"result":{}}`)).toBeUndefined();
    },
  );

  it.each([
    ['without params', '', undefined],
    ['with params', ',"params":{"a":1}', { a: 1 }],
    ['with params that are a list, which its handler checks', ',"params":[1]', [1]],
  ])('reads a notification %s', (_, rest, params) => {
    expect(read(`{"jsonrpc":"2.0","method":"notifications/x"${rest}}`)).toEqual({
      kind: 'notification',
      method: 'notifications/x',
      params,
    });
  });

  it.each([
    [
      'an error response',
      '{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"no"}}',
      { error: { code: -1, message: 'no' } },
    ],
    ['a response whose result is null', '{"jsonrpc":"2.0","id":1,"result":null}', { result: null }],
  ])('reads %s, for this node and, written again, for another node', (_, json, outcome) => {
    const response = read(json);
    expect(response).toStrictEqual({ kind: 'response', id: 1, ...outcome });
    if (response?.kind !== 'response') throw new Error('no response');
    expect(read(responseMessage(response))).toStrictEqual(response);
  });

  it.each([
    ['a batch', '[{"jsonrpc":"2.0","id":1,"method":"ping"}]'],
    ['an empty batch', '[]'],
    ['an empty object', '{}'],
    ['null', 'null'],
    ['a string', '"ping"'],
    ['a number', '1'],
    ['no jsonrpc', '{"id":1,"method":"ping"}'],
    ['an older jsonrpc', '{"jsonrpc":"1.0","id":1,"method":"ping"}'],
    ['a jsonrpc that is a number', '{"jsonrpc":2.0,"id":1,"method":"ping"}'],
    ['neither method nor result', '{"jsonrpc":"2.0","id":1}'],
    ['both result and error', '{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1}}'],
    ['a result without id', '{"jsonrpc":"2.0","result":{}}'],
    ['a method that is not a string', '{"jsonrpc":"2.0","id":1,"method":1}'],
    ['a method that is null, beside a result', '{"jsonrpc":"2.0","id":1,"method":null,"result":1}'],
    ['members that only a prototype has', '{"__proto__":{"jsonrpc":"2.0","method":"ping"}}'],
  ])('refuses %s', (_, json) => {
    expect(read(json)).toBeUndefined();
  });

  it('reads no id from a prototype', () => {
    const body = Object.create({ id: 1 }) as Record<string, unknown>;
    Object.assign(body, { jsonrpc: '2.0', method: 'ping' });
    expect(readMessage(body)).toMatchObject({ kind: 'notification' });
  });
});

describe('isRequestId', () => {
  it.each([undefined, Number.NaN, 2 ** 53, Symbol('id'), new String('a')])('refuses %p', (id) => {
    expect(isRequestId(id)).toBe(false);
  });
});

describe('null', () => {
  it.each([
    ['params', '"params":null', undefined],
    ['a member of params', '"params":{"cursor":null,"a":1}', { a: 1 }],
    ['_meta', '"params":{"_meta":null}', {}],
    ['a member of _meta', '"params":{"_meta":{"progressToken":null,"b":0}}', { _meta: { b: 0 } }],
    [
      'what is in arguments, which is data',
      '"params":{"arguments":{"a":null}}',
      { arguments: { a: null } },
    ],
  ])('for %s', (_, member, params) => {
    expect(read(`{"jsonrpc":"2.0","id":1,"method":"m",${member}}`)).toEqual({
      kind: 'request',
      id: 1,
      method: 'm',
      params,
    });
  });

  it('for the error of a response is not an error', () => {
    const response = { kind: 'response', id: 1, result: {} };
    expect(read('{"jsonrpc":"2.0","id":1,"result":{},"error":null}')).toEqual(response);
    expect(read('{"jsonrpc":"2.0","id":1,"error":null}')).toBeUndefined();
  });
});

describe('messages', () => {
  it('keep the type of the id, and escape its characters', () => {
    expect(resultMessage('"\n', { a: 1 })).toBe('{"jsonrpc":"2.0","id":"\\"\\n","result":{"a":1}}');
    expect(resultMessage(0, {})).toBe('{"jsonrpc":"2.0","id":0,"result":{}}');
  });

  it('embed text that is already JSON', () => {
    const spliced = resultMessage(1, new RawJson('{"tools":[]}'));
    expect(spliced).toBe('{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}');
  });

  it('throw for a result that cannot be serialized', () => {
    expect(() => resultMessage(1, { big: 1n })).toThrow(TypeError);
  });

  it('omit the id of an error about unreadable input', () => {
    const json = errorMessage(undefined, JsonRpcErrorCode.ParseError, 'no JSON');
    expect(json).toBe('{"jsonrpc":"2.0","error":{"code":-32700,"message":"no JSON"}}');
  });

  it('of a notification have no id', () => {
    const json = notificationMessage('notifications/progress', { progress: 1 });
    expect(json).toBe(
      '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":1}}',
    );
  });

  it('stay on one line with any content', () => {
    expect(resultMessage(1, 'a\r\nb\u2028c')).not.toMatch(/[\r\n]/);
  });
});
