import { anything, assert, constantFrom, json, property, string, tuple } from 'fast-check';
import { cpuMilliseconds } from '../../../../test/support/cpu-time.js';
import { faultyName } from './member-names.js';

const fault = (text: string) => faultyName(Buffer.from(text));
const request = (params: string) => `{"jsonrpc":"2.0","id":1,"method":"x","params":${params}}`;

const isFine = (text: string) => text.includes('__proto__') || fault(text) === undefined;

/** Whether a duplicate of this name is found in an object, at any position in a text. */
const isFound = (
  [name, ...values]: [string, unknown, unknown],
  [open, close]: readonly [string, string],
) => {
  const [one, two] = values.map((value) => JSON.stringify({ x: value, y: 0 }));
  const twice = JSON.stringify(name);
  const found = fault(`${open}{${twice}:${one},"${name.length} other":[],${twice}:${two}}${close}`);
  return found === 'duplicate' || found?.startsWith('reserved') === true;
};

describe('the names of the members of a message', () => {
  it.each([
    ['{}', undefined],
    ['[]', undefined],
    ['"a"', undefined],
    ['\uFEFF{"a":1}', undefined],
    ['{"a":1,"b":{"a":1,"b":[{"a":1},{"a":1}]}}', undefined],
    ['{"a":"a","b":"b","c":["a","a","b"]}', undefined],
    ['{"a":"x\\",\\"a\\":\\"y","b":1}', undefined],
    ['{"a":1,"A":2}', undefined],
    ['{"":1,"\\u0000":2}', undefined],
    ['{"a":1,"a":2}', 'duplicate'],
    ['{"a":{"b":1},"a":[]}', 'duplicate'],
    ['{"a":1,"\\u0061":2}', 'duplicate'],
    ['{"é":1,"\\u00e9":2}', 'duplicate'],
    ['{"\\"":1,"\\u0022":2}', 'duplicate'],
    ['{ "a" : 1 ,\n"a"\t:2}', 'duplicate'],
    ['{"":1,"":2}', 'duplicate'],
    ['{"1":1,"1":2}', 'duplicate'],
    ['[{"a":1},{"b":{"c":1,"d":[],"c":2}}]', 'duplicate'],
    [request('{"name":"x","name":"y"}'), 'duplicate'],
    [request('{"arguments":{"a":{"b":1,"b":2}}}'), 'duplicate'],
    [request('{"_meta":{"progressToken":1,"progressToken":2}}'), 'duplicate'],
    ['{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', 'duplicate'],
    ['{"__proto__":{}}', 'reserved'],
    ['{"\\u005f_proto__":{}}', 'reserved'],
    ['{"result":{"constructor":1}}', 'reserved'],
    [`[${request('{"prototype":1}')}]`, 'reserved in params'],
    ['[{"__proto__":{}}]', 'reserved'],
    [request('{"__proto__":{}}'), 'reserved in params'],
    [request('{"_meta":{"a":[{"constructor":1}]}}'), 'reserved in params'],
    [request('[{"prototype":1}]'), 'reserved in params'],
    [request('{"name":"__proto__","a":["constructor"]}'), undefined],
    [request('{"arguments":{"__proto__":{},"a":[{"constructor":1}]}}'), undefined],
    [`[${request('{"arguments":{"__proto__":{}}}')}]`, undefined],
    [request('{"x":{"arguments":{"__proto__":{}}}}'), 'reserved in params'],
    ['{"arguments":{"__proto__":{}}}', 'reserved'],
  ])('in %s are: %s', (text, expected) => {
    expect(fault(text)).toBe(expected);
  });

  it('are fine in any output of JSON.stringify(), unless they are reserved', () => {
    const allowed = json().filter((text) => !/"(?:__proto__|constructor|prototype)"/.test(text));
    expect(() => assert(property(allowed, isFine))).not.toThrow();
  });

  it('are found at any depth when one is repeated', () => {
    const members = tuple(string({ unit: 'binary' }), anything(), anything());
    const around = constantFrom(['', ''] as const, ['[', ']'] as const, ['{"a":', '}'] as const);
    expect(() => assert(property(members, around, isFound))).not.toThrow();
  });

  it.each([
    ['names', `{${Array.from({ length: 10_000 }, (_, at) => `"${at}":0`).join()}}`],
    ['one name of 4 MB', `{"${'a'.repeat(4_000_000)}":1}`],
    ['escaped quotes', `{"${'\\"'.repeat(2_000_000)}":1}`],
    ['backslashes', `{"${'\\\\'.repeat(2_000_000)}":1}`],
    [
      'texts',
      `[${Array.from({ length: 10_000 }, () => `"${'a"'.slice(0, 1).repeat(400)}"`).join()}]`,
    ],
    ['blanks', `{${' '.repeat(4_000_000)}"a":1}`],
  ])('are read in linear time: %s', (_, text) => {
    const bytes = Buffer.from(text);
    expect(faultyName(bytes)).toBeUndefined();
    expect(cpuMilliseconds(() => faultyName(bytes), 500)).toBeLessThan(500);
  });
});
