import { contracted, expectRefusal } from '../support/wire/contract.js';
import { ACCEPT, request, toolCall } from '../support/wire/http-session.js';
import { send } from '../support/wire/sse-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';

const PING = request(1, 'ping');
const PING_TEXT = JSON.stringify(PING);
const nested = (depth: number) =>
  `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${'['.repeat(depth - 2)}${']'.repeat(depth - 2)}}}`;
const listed = (elements: number) =>
  `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":[${Array.from({ length: elements }, () => 1).join(',')}]}}`;

describe.each(PLATFORMS)('the gates of Streamable HTTP on %s', (platform) => {
  const on = contracted(platform);
  const mcp = (): URL => new URL('/mcp', on.url);

  it.each([
    ['text that is not JSON', '{"jsonrpc":', 400, -32700],
    ['an empty body', '', 400, -32700],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400, -32700],
    ['an empty batch', '[]', 400, -32600],
    ['a batch of 21', `[${Array.from({ length: 21 }, () => PING_TEXT).join(',')}]`, 400, -32600],
    ['a batch with a number in it', `[${PING_TEXT},1]`, 400, -32600],
    ['a batch in a batch', `[[${PING_TEXT}]]`, 400, -32600],
    ['a string', '"ping"', 400, -32600],
    ['null', 'null', 400, -32600],
    ['no jsonrpc member', '{"id":1,"method":"ping"}', 400, -32600],
    ['jsonrpc 1.0', '{"jsonrpc":"1.0","id":1,"method":"ping"}', 400, -32600],
    ['a member in another case', '{"jsonrpc":"2.0","id":1,"Method":"ping"}', 400, -32600],
    ['a method that is not a string', '{"jsonrpc":"2.0","id":1,"method":1}', 400, -32600],
    ['a null id', '{"jsonrpc":"2.0","id":null,"method":"ping"}', 400, -32600],
    ['a fractional id', '{"jsonrpc":"2.0","id":1.5,"method":"ping"}', 400, -32600],
    [
      'an id that no number represents exactly',
      '{"jsonrpc":"2.0","id":1.0000000000000000001,"method":"ping"}',
      400,
      -32600,
    ],
    ['an object as id', '{"jsonrpc":"2.0","id":{},"method":"ping"}', 400, -32600],
    ['a boolean as id', '{"jsonrpc":"2.0","id":true,"method":"ping"}', 400, -32600],
    ['both a result and an error', '{"jsonrpc":"2.0","id":1,"result":{},"error":{}}', 400, -32600],
    ['depth 65', nested(65), 400, -32600],
    ['depth 100,000', nested(100_000), 400, -32600],
    ['10,001 values', listed(10_001), 400, -32600],
    ['more than 4 MiB', `"${'x'.repeat(4 * 1024 * 1024)}"`, 413, -32600],
  ])('answers a POST of %s with its status and code', async (_, body, status, code) => {
    const headers = {
      ...ACCEPT,
      'content-type': 'application/json',
      'mcp-session-id': on.session.id,
    };
    expectRefusal(await send('POST', mcp(), headers, [Buffer.from(body)]), status, code);
  });

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/json-patch+json', 415],
    ['application/json; charset=utf-16', 415],
    ['', 415],
  ])('answers the content type "%s" with %i', async (contentType, status) => {
    const call = toolCall(1, 'echo', { input: 'x' });
    expectRefusal(await on.session.post(call, { 'content-type': contentType }), status, -32600);
    expect(on.tools.echoed).toEqual([]);
  });

  it.each([
    ['application/json'],
    ['text/event-stream'],
    ['text/html'],
    ['application/jsonl, text/event-stream'],
    ['application/json, text/event-streams'],
    [''],
  ])('answers a POST that accepts "%s" with 406', async (accept) => {
    const call = toolCall(1, 'echo', { input: 'x' });
    expectRefusal(await on.session.post(call, { accept }), 406, -32600);
    expect(on.tools.echoed).toEqual([]);
  });

  it.each([
    ['text/event-stream, application/json'],
    ['application/json;q=0.9,text/event-stream;q=0.1'],
    ['APPLICATION/JSON, TEXT/EVENT-STREAM'],
    ['application/*, text/*'],
    ['*/*'],
  ])('accepts a POST with "%s" in Accept', async (accept) => {
    expect(await on.session.post(PING, { accept })).toMatchObject({
      status: 200,
      body: '{"jsonrpc":"2.0","id":1,"result":{}}',
    });
  });

  it('accepts a POST without an Accept header', async () => {
    const headers = { 'content-type': 'application/json', 'mcp-session-id': on.session.id };
    expect(await send('POST', mcp(), headers, [Buffer.from(PING_TEXT)])).toMatchObject({
      status: 200,
    });
  });

  it.each(['application/json', 'text/html', ''])(
    'answers a GET that accepts "%s" with 406',
    async (accept) => {
      expectRefusal(await on.session.refusedGet({ accept }), 406, -32600);
    },
  );

  it.each(['PUT', 'PATCH', 'HEAD', 'TRACE'])('answers %s with 405, and no body', async (method) => {
    const answer = await send(method, mcp(), { 'mcp-session-id': on.session.id });
    expect(answer).toMatchObject({ status: 405, body: '' });
    expect(answer.headers.allow).toBe('POST, GET, DELETE');
  });

  it.each(['GET', 'POST', 'DELETE'])(
    'answers %s of a foreign host or origin with 403',
    async (method) => {
      const headers = {
        ...ACCEPT,
        'content-type': 'application/json',
        'mcp-session-id': on.session.id,
      };
      const body = method === 'POST' ? [Buffer.from(PING_TEXT)] : [];
      const foreigners: Record<string, string>[] = [
        { host: 'evil.example.com' },
        { origin: 'https://evil.example.com' },
        { origin: 'null' },
      ];
      for (const foreign of foreigners)
        expectRefusal(await send(method, mcp(), { ...headers, ...foreign }, body), 403, -32600);
    },
  );
});
