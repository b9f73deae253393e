import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../interfaces/json.js';
import { readRequestMeta } from './request-meta.js';

const PREFIX = 'io.modelcontextprotocol/';
const SUPPORTED = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];

const META: JsonObject = {
  [`${PREFIX}protocolVersion`]: '2026-07-28',
  [`${PREFIX}clientInfo`]: { name: 'client', version: '1.0.0' },
  [`${PREFIX}clientCapabilities`]: { sampling: {} },
};
const HEADERS: IncomingHttpHeaders = {
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': 'server/discover',
};
const without = (key: string) =>
  Object.fromEntries(Object.entries(META).filter(([name]) => name !== `${PREFIX}${key}`));

const read = (_meta: unknown, headers: IncomingHttpHeaders = HEADERS) =>
  readRequestMeta({ method: 'server/discover', params: { _meta } }, headers);
const call = (method: string, params: JsonObject, name?: string | string[]) =>
  readRequestMeta(
    { method, params: { ...params, _meta: META } },
    { ...HEADERS, 'mcp-method': method, ...(name !== undefined && { 'mcp-name': name }) },
  );

const claiming = (version: string, headers: IncomingHttpHeaders) =>
  read({ ...META, [`${PREFIX}protocolVersion`]: version }, headers);

const refused = (code: number, words: string, data?: JsonObject) => ({
  kind: 'refusal',
  status: 400,
  code,
  message: expect.stringContaining(words),
  ...(data && { data }),
});

describe('the envelope of a request', () => {
  it('has its client, and nothing that was not sent', () => {
    expect(read(META)).toEqual({
      kind: 'envelope',
      peer: {
        protocolVersion: '2026-07-28',
        clientInfo: { name: 'client', version: '1.0.0' },
        clientCapabilities: { sampling: {} },
      },
      logLevel: undefined,
      progressToken: undefined,
    });
  });

  it('has the log level and the progress token, with its type', () => {
    for (const progressToken of ['7', 7, 0, ''])
      expect(read({ ...META, [`${PREFIX}logLevel`]: 'notice', progressToken })).toMatchObject({
        logLevel: 'notice',
        progressToken,
      });
  });

  it.each([[null], [{}], [1.5], [true]])('has no token when it is %j', (progressToken) => {
    expect(read({ ...META, progressToken })).toMatchObject({ progressToken: undefined });
  });

  it.each([
    [undefined],
    [{ name: 'client' }],
    [{ name: 'client', version: 1 }],
    ['client'],
    [null],
  ])('has no client if its info is %j, and is accepted all the same', (info) => {
    expect(read({ ...META, [`${PREFIX}clientInfo`]: info })).toMatchObject({
      kind: 'envelope',
      peer: { clientInfo: undefined },
    });
  });

  it('is accepted with unknown keys', () => {
    expect(read({ ...META, [`${PREFIX}future`]: 1, 'com.example/x': {} })).toMatchObject({
      kind: 'envelope',
    });
  });

  it.each([
    ['no _meta', undefined, 'protocolVersion'],
    ['a _meta that is a list', [], 'protocolVersion'],
    ['an empty _meta', {}, 'protocolVersion'],
    ['no protocolVersion', without('protocolVersion'), 'protocolVersion'],
    [
      'a protocolVersion that is not a string',
      { ...META, [`${PREFIX}protocolVersion`]: 2026 },
      'protocolVersion',
    ],
    ['no clientCapabilities', without('clientCapabilities'), 'clientCapabilities'],
    [
      'clientCapabilities that are not an object',
      { ...META, [`${PREFIX}clientCapabilities`]: [] },
      'clientCapabilities',
    ],
  ])('is refused with %s', (_, meta, key) => {
    expect(read(meta)).toEqual(refused(-32602, `_meta must have ${PREFIX}${key}`));
  });

  it.each([[undefined], [null], [[]], ['text']])('is refused with the params %j', (params) => {
    expect(readRequestMeta({ method: 'server/discover', params }, HEADERS)).toEqual(
      refused(-32602, 'protocolVersion'),
    );
  });

  it.each(['warn', 'ERROR', '', null, 3])('is refused with the log level %p', (level) => {
    expect(read({ ...META, [`${PREFIX}logLevel`]: level })).toEqual(
      refused(-32602, 'unknown log level'),
    );
  });
});

describe('the revision of a request', () => {
  it.each(['v999.0.0', '2099-01-01', '2025-11-25', ''])(
    'is refused with the supported revisions when it is %j',
    (version) => {
      const expected = refused(-32022, 'Unsupported protocol version', {
        supported: SUPPORTED,
        requested: version,
      });
      expect(claiming(version, { ...HEADERS, 'mcp-protocol-version': version })).toEqual(expected);
      expect(claiming(version, {})).toEqual(expected);
    },
  );

  it('is refused before any other error in the envelope', () => {
    const meta = { [`${PREFIX}protocolVersion`]: '2099-01-01' };
    expect(read(meta, {})).toMatchObject({ code: -32022 });
  });

  it('is refused when only the header names it, and it is not supported', () => {
    expect(read({}, { 'mcp-protocol-version': '2099-01-01' })).toEqual(
      refused(-32022, 'Unsupported', { supported: SUPPORTED, requested: '2099-01-01' }),
    );
  });

  it('is not repeated from a header with invalid characters', () => {
    expect(read({}, { 'mcp-protocol-version': 'ü' })).toMatchObject({ code: -32602 });
  });

  it.each([
    ['2026-07-28', 'v999.0.0'],
    ['v999.0.0', '2026-07-28'],
    ['2026-07-28', '2025-11-25'],
    ['2026-07-28', ''],
    ['2026-07-28', '2026-07-28, 2026-07-28'],
    ['2026-07-28', '=?base64?MjAyNi0wNy0yOA==?='],
  ])('is refused when the body says %j and the header %j', (body, header) => {
    expect(claiming(body, { ...HEADERS, 'mcp-protocol-version': header })).toEqual(
      refused(-32020, 'MCP-Protocol-Version has another value'),
    );
  });

  it('is refused when the header does not repeat it', () => {
    expect(claiming('2026-07-28', { 'mcp-method': 'server/discover' })).toEqual(
      refused(-32020, 'MCP-Protocol-Version is missing'),
    );
  });

  it('lists the given revisions', () => {
    const refusal = readRequestMeta(
      {
        method: 'x',
        params: { _meta: { ...META, [`${PREFIX}protocolVersion`]: '2025-11-25' } },
      },
      {},
      ['2026-07-28'],
    );
    expect(refusal).toMatchObject({
      data: { supported: ['2026-07-28'], requested: '2025-11-25' },
    });
  });
});

describe('the header Mcp-Method', () => {
  it.each([
    [undefined, 'is missing'],
    ['prompts/list', 'has another value'],
    ['SERVER/DISCOVER', 'has another value'],
    ['', 'has another value'],
    ['server/discover, server/discover', 'has another value'],
    ['=?base64?c2VydmVyL2Rpc2NvdmVy?=', 'has another value'],
  ])('is refused when it is %j', (method, words) => {
    const { 'mcp-method': _, ...headers } = HEADERS;
    expect(
      read(META, { ...headers, ...(method !== undefined && { 'mcp-method': method }) }),
    ).toEqual(refused(-32020, `Mcp-Method ${words}`));
  });

  it('may have whitespace around its value', () => {
    expect(read(META, { ...HEADERS, 'mcp-method': '\t server/discover ' })).toMatchObject({
      kind: 'envelope',
    });
  });
});

describe('the header Mcp-Name', () => {
  const NAMED = [
    ['tools/call', 'name'],
    ['prompts/get', 'name'],
    ['resources/read', 'uri'],
    ['tasks/get', 'taskId'],
    ['tasks/update', 'taskId'],
    ['tasks/cancel', 'taskId'],
  ] as const;

  describe.each(NAMED)('of %s', (method, source) => {
    it.each([
      ['echo', 'echo'],
      ['echo', '  echo  '],
      ['echo', '=?base64?ZWNobw==?='],
      ['Zürich', '=?base64?WsO8cmljaA==?='],
      ['', ''],
      ['file:///a?b=c', 'file:///a?b=c'],
    ])(`repeats ${source} %j as %j`, (value, header) => {
      expect(call(method, { [source]: value }, header)).toMatchObject({ kind: 'envelope' });
    });

    it.each([
      ['echo', undefined, 'is missing'],
      ['echo', 'other', 'has another value'],
      ['echo', 'Echo', 'has another value'],
      ['echo', 'echo, echo', 'has another value'],
      ['=?base64?ZWNobw==?=', '=?base64?ZWNobw==?=', 'has another value'],
      ['echo', '=?base64?ZWNobw?=', 'not valid Base64'],
      ['echo', 'ech\u00f6', 'characters'],
      [undefined, 'echo', 'has another value'],
      [5, '5', 'has another value'],
    ])(`is refused when ${source} is %j and it is %j`, (value, header, words) => {
      expect(call(method, { [source]: value }, header)).toEqual(refused(-32020, words));
    });

    it('is not required when the body has nothing that it could repeat', () => {
      expect(call(method, {})).toMatchObject({ kind: 'envelope' });
    });
  });

  it.each(['tools/list', 'constructor', 'completion/complete'])(
    'is not checked for %s',
    (method) => {
      expect(call(method, { name: 'a' }, 'b')).toMatchObject({ kind: 'envelope' });
      expect(call(method, { name: 'a' })).toMatchObject({ kind: 'envelope' });
    },
  );
});
