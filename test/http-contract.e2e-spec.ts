import type { INestApplication } from '@nestjs/common';
import {
  ACCEPT,
  HttpSession,
  initialize,
  postMcp,
  request,
  toolCall,
} from './support/http-session.js';
import { postModern } from './support/modern.js';
import { ProbeTools } from './support/probe.tools.js';
import { sessionsOf } from './support/sessions-of.js';
import { type HttpAnswer, post, send, SseWire } from './support/sse-wire.js';
import { PLATFORMS, startApp } from './support/test-app.js';

const PING = request(1, 'ping');
const PING_TEXT = JSON.stringify(PING);
const NOTE = { jsonrpc: '2.0', method: 'notifications/initialized' };
const UNKNOWN = 'AAAAAAAAAAAAAAAAAAAAAA';
const NOT_FOUND = '{"jsonrpc":"2.0","error":{"code":-32600,"message":"Session not found"}}';

const nested = (depth: number) =>
  `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${'['.repeat(depth - 2)}${']'.repeat(depth - 2)}}}`;
const listed = (elements: number) =>
  `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":[${Array.from({ length: elements }, () => 1).join(',')}]}}`;

/** A refusal says what is wrong, and has the id of the request where the contract gives it one. */
function expectRefusal(answer: HttpAnswer, status: number, code: number, id?: string | number) {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(JSON.parse(answer.body)).toEqual({
    jsonrpc: '2.0',
    ...(id !== undefined && { id }),
    error: { code, message: expect.any(String) },
  });
}

describe.each(PLATFORMS)('the contract of Streamable HTTP on %s', (platform) => {
  let app: INestApplication;
  let url: URL;
  let mcp: URL;
  let tools: ProbeTools;
  let session: HttpSession;

  beforeAll(async () => {
    ({ app, url } = await startApp({
      platform,
      providers: [ProbeTools],
      mcp: { allowedHosts: ['api.example.com'], allowedOrigins: ['https://chat.example.com'] },
    }));
    mcp = new URL('/mcp', url);
    tools = app.get(ProbeTools);
    session = await HttpSession.open(url);
  });

  beforeEach(() => {
    tools.echoed.length = 0;
  });

  afterEach(async () => {
    // Whatever was refused, the session beside it lives.
    expect(await session.call('alive', 'ping')).toEqual({
      jsonrpc: '2.0',
      id: 'alive',
      result: {},
    });
  });

  afterAll(async () => {
    await app.close();
  });

  describe('ahead of the session', () => {
    it.each([
      ['text that is no JSON', '{"jsonrpc":', 400, -32700],
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
      ['a method that is no string', '{"jsonrpc":"2.0","id":1,"method":1}', 400, -32600],
      ['a null id', '{"jsonrpc":"2.0","id":null,"method":"ping"}', 400, -32600],
      ['a fractional id', '{"jsonrpc":"2.0","id":1.5,"method":"ping"}', 400, -32600],
      [
        'an unsafe integer as id',
        '{"jsonrpc":"2.0","id":9007199254740992,"method":"ping"}',
        400,
        -32600,
      ],
      ['an object as id', '{"jsonrpc":"2.0","id":{},"method":"ping"}', 400, -32600],
      ['a boolean as id', '{"jsonrpc":"2.0","id":true,"method":"ping"}', 400, -32600],
      [
        'both a result and an error',
        '{"jsonrpc":"2.0","id":1,"result":{},"error":{}}',
        400,
        -32600,
      ],
      ['depth 65', nested(65), 400, -32600],
      ['depth 100,000', nested(100_000), 400, -32600],
      ['10,001 values', listed(10_001), 400, -32600],
      ['more than 4 MiB', `"${'x'.repeat(4 * 1024 * 1024)}"`, 413, -32600],
    ])('answers a POST of %s with its status and code', async (_, body, status, code) => {
      const headers = {
        ...ACCEPT,
        'content-type': 'application/json',
        'mcp-session-id': session.id,
      };
      expectRefusal(await send('POST', mcp, headers, [Buffer.from(body)]), status, code);
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
      expectRefusal(await session.post(call, { 'content-type': contentType }), status, -32600);
      expect(tools.echoed).toEqual([]);
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
      expectRefusal(await session.post(call, { accept }), 406, -32600);
      expect(tools.echoed).toEqual([]);
    });

    it.each([
      ['text/event-stream, application/json'],
      ['application/json;q=0.9,text/event-stream;q=0.1'],
      ['APPLICATION/JSON, TEXT/EVENT-STREAM'],
      ['application/*, text/*'],
      ['*/*'],
    ])('takes a POST that accepts "%s"', async (accept) => {
      expect(await session.post(PING, { accept })).toMatchObject({
        status: 200,
        body: '{"jsonrpc":"2.0","id":1,"result":{}}',
      });
    });

    it('takes a POST that does not say what it accepts', async () => {
      const headers = { 'content-type': 'application/json', 'mcp-session-id': session.id };
      expect(await send('POST', mcp, headers, [Buffer.from(PING_TEXT)])).toMatchObject({
        status: 200,
      });
    });

    it.each(['application/json', 'text/html', ''])(
      'answers a GET that accepts "%s" with 406',
      async (accept) => {
        expectRefusal(await session.refusedGet({ accept }), 406, -32600);
      },
    );

    it.each(['PUT', 'PATCH', 'HEAD', 'TRACE'])(
      'answers %s with 405, and no body',
      async (method) => {
        const answer = await send(method, mcp, { 'mcp-session-id': session.id });
        expect(answer).toMatchObject({ status: 405, body: '' });
        expect(answer.headers.allow).toBe('POST, GET, DELETE');
      },
    );

    it.each(['GET', 'POST', 'DELETE'])(
      'answers %s of a foreign host or origin with 403',
      async (method) => {
        const headers = {
          ...ACCEPT,
          'content-type': 'application/json',
          'mcp-session-id': session.id,
        };
        const body = method === 'POST' ? [Buffer.from(PING_TEXT)] : [];
        const foreigners: Record<string, string>[] = [
          { host: 'evil.example.com' },
          { origin: 'https://evil.example.com' },
          { origin: 'null' },
        ];
        for (const foreign of foreigners)
          expectRefusal(await send(method, mcp, { ...headers, ...foreign }, body), 403, -32600);
      },
    );
  });

  describe('for the session', () => {
    const onMissing = async (): Promise<HttpAnswer[]> => [
      await postMcp(url, PING),
      await postMcp(url, NOTE),
      await send('GET', mcp, { accept: 'text/event-stream' }),
      await send('DELETE', mcp),
    ];

    it('answers a request without a session id with 400', async () => {
      for (const answer of await onMissing()) expectRefusal(answer, 400, -32600);
    });

    it.each([
      ['unknown', UNKNOWN],
      ['empty', ''],
      ['a list', `${UNKNOWN}, ${UNKNOWN}`],
      ['__proto__', '__proto__'],
      ['constructor', 'constructor'],
      ['an escape', '%00'],
      ['10,000 characters', 'x'.repeat(10_000)],
    ])('answers a session id that is %s with one and the same 404', async (_, id) => {
      const headers = { 'mcp-session-id': id };
      const answers = [
        await postMcp(url, toolCall(7, 'echo', { input: 'x' }), headers),
        await postMcp(url, initialize(), headers),
        await send('GET', mcp, { ...headers, accept: 'text/event-stream' }),
        await send('GET', mcp, { ...headers, accept: 'text/event-stream', 'last-event-id': 'a_1' }),
        await send('DELETE', mcp, headers),
      ];
      for (const { status, body } of answers)
        expect({ status, body }).toEqual({ status: 404, body: NOT_FOUND });
      expect(tools.echoed).toEqual([]);
    });

    it('answers a session id that is longer than Node’s headers may be with 431', async () => {
      const headers = { 'mcp-session-id': 'x'.repeat(20_000) };
      expect(await session.post(PING, headers)).toMatchObject({ status: 431 });
    });

    it('does not know a session of HTTP+SSE, nor HTTP+SSE one of Streamable HTTP', async () => {
      const wire = await SseWire.open(new URL('/sse', url));
      const id = (await wire.endpoint()).searchParams.get('sessionId') ?? '';
      expect(await postMcp(url, PING, { 'mcp-session-id': id })).toMatchObject({
        status: 404,
        body: NOT_FOUND,
      });
      wire.close();
      const messages = new URL(`/messages?sessionId=${session.id}`, url);
      expect(await post(messages, PING)).toMatchObject({ status: 404, body: NOT_FOUND });
    });

    it('ends with DELETE, and is unknown from then on', async () => {
      const other = await HttpSession.open(url);
      expect(await other.delete()).toMatchObject({ status: 204, body: '' });
      for (const answer of [await other.post(PING), await other.refusedGet(), await other.delete()])
        expect(answer).toMatchObject({ status: 404, body: NOT_FOUND });
    });

    it('ends once, however many requests end it', async () => {
      const { size } = sessionsOf(app);
      const other = await HttpSession.open(url);
      const statuses = await Promise.all(Array.from({ length: 10 }, () => other.delete()));
      expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([204, 404]));
      expect(sessionsOf(app).size).toBe(size);
    });

    it.each(['1999-01-01', '2025-11-25, 2025-11-25', 'draft', ''])(
      'answers the protocol version "%s" with 400',
      async (version) => {
        const headers = { 'mcp-protocol-version': version };
        for (const answer of [
          await session.post(PING, headers),
          await session.post(NOTE, headers),
          await session.post({ jsonrpc: '2.0', id: 1, result: {} }, headers),
          await session.post([PING], headers),
          await session.refusedGet(headers),
        ])
          expect(answer.status).toBe(400);
      },
    );

    it.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])(
      'takes the protocol version %s, whichever was negotiated',
      async (version) => {
        const headers = { 'mcp-protocol-version': version };
        expect(await session.post(PING, headers)).toMatchObject({ status: 200 });
      },
    );

    it('answers 2026-07-28 on GET and DELETE with 405, and with 400 where a POST cannot be of it', async () => {
      const headers = { 'mcp-protocol-version': '2026-07-28' };
      const onDelete = await send('DELETE', mcp, { ...headers, 'mcp-session-id': session.id });
      for (const answer of [await session.refusedGet(headers), onDelete]) {
        expect(answer).toMatchObject({ status: 405, body: '' });
        expect(answer.headers.allow).toBe('POST');
      }
      expectRefusal(await session.post([PING], headers), 400, -32600);
      expectRefusal(await session.post(initialize(), headers), 400, -32600);
    });

    it.each([0, -1, 1, '1', '', 'ü☃', 9_007_199_254_740_991])(
      'echoes the id %p with its type',
      async (id) => {
        expect(await session.call(id, 'ping')).toEqual({ jsonrpc: '2.0', id, result: {} });
      },
    );

    it('refuses an id that is running, and runs the tool once', async () => {
      tools.waiting.length = 0;
      const first = session.post(toolCall('same', 'wait'));
      await tools.running(1);
      expectRefusal(await session.post(toolCall('same', 'wait')), 400, -32600, 'same');
      expect(tools.waiting).toHaveLength(1);
      await session.post({
        jsonrpc: '2.0',
        method: 'notifications/cancelled',
        params: { requestId: 'same' },
      });
      expect(await first).toMatchObject({ status: 200, body: '' });
    });

    it('refuses the 17th call at once with 429, its id and when to come again', async () => {
      tools.waiting.length = 0;
      const other = await HttpSession.open(url);
      const calls = Array.from({ length: 16 }, (_, id) => other.post(toolCall(id, 'wait')));
      await tools.running(16);
      const refused = await other.post(toolCall(16, 'wait'));
      expectRefusal(refused, 429, -32603, 16);
      expect(refused.headers['retry-after']).toBe('1');
      expect(tools.waiting).toHaveLength(16);
      await other.delete();
      await Promise.all(calls);
    });

    it.each([
      ['a notification', NOTE],
      ['an unknown notification', { jsonrpc: '2.0', method: 'notifications/none' }],
      ['a response', { jsonrpc: '2.0', id: 1, result: {} }],
      ['an error without an id', { jsonrpc: '2.0', error: { code: 1, message: 'x' } }],
    ])('takes %s with 202 and no body', async (_, message) => {
      expect(await session.post(message)).toMatchObject({ status: 202, body: '' });
    });

    it.each([
      ['an unknown method', request(1, 'none'), -32601],
      ['params that are no object', { ...request(1, 'tools/list'), params: [] }, -32602],
      ['an unknown tool', toolCall(1, 'none'), -32602],
      ['a second initialize', initialize(undefined, 1), -32600],
    ])('answers %s with 200 and a JSON-RPC error', async (_, message, code) => {
      const answer = await session.post(message);
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toMatchObject({ id: 1, error: { code } });
    });

    it('answers what a tool throws with 200 and a masked result', async () => {
      const { status, body } = await session.post(toolCall(1, 'fail'));
      expect(status).toBe(200);
      expect(body).toMatch(/"isError":true/);
      expect(body).not.toMatch(/secret/);
    });

    it('opens no session where initialize fails', async () => {
      const { size } = sessionsOf(app);
      const answer = await postMcp(url, request('i', 'initialize', {}));
      expect(JSON.parse(answer.body)).toMatchObject({ id: 'i', error: { code: -32602 } });
      expect(answer.headers['mcp-session-id']).toBeUndefined();
      expect(sessionsOf(app).size).toBe(size);
    });
  });

  describe('for GET', () => {
    it('refuses a second stream of an anonymous session with 409, also when both come at once', async () => {
      const other = await HttpSession.open(url);
      const both = await Promise.all([other.get(), other.get()]);
      expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      expectRefusal(await other.refusedGet(), 409, -32600);
      for (const wire of both) wire.close();
      await other.delete();
    });

    it('serves one that accepts anything', async () => {
      const other = await HttpSession.open(url);
      const wire = await other.get({ accept: '*/*' });
      expect(wire.status).toBe(200);
      wire.close();
    });

    it.each([
      'garbage',
      '_',
      'own-000000000000000000000000_1',
      'post-000000000000000000000000_1',
      `${'x'.repeat(81)}_1`,
      'a_1_2',
      'a_-1',
      '../../_1',
      '1',
      '__proto___1',
    ])('answers the event id "%.40s" with 400', async (id) => {
      expectRefusal(await session.refusedGet({ 'last-event-id': id }), 400, -32600);
    });
  });

  describe('for batches', () => {
    let batching: HttpSession;

    beforeAll(async () => {
      batching = await HttpSession.open(url, { version: '2025-03-26' });
    });

    it.each(['2024-11-05', '2025-06-18', '2025-11-25'])(
      'are refused with 400 in %s',
      async (version) => {
        const other = await HttpSession.open(url, { version });
        expectRefusal(await other.post([toolCall(1, 'echo', { input: 'x' })]), 400, -32600);
        expect(tools.echoed).toEqual([]);
        await other.delete();
      },
    );

    it('are answered as one list, errors among them', async () => {
      const { status, headers, body } = await batching.post([
        request(1, 'ping'),
        NOTE,
        request('1', 'none'),
        toolCall(2, 'echo', { input: 'x' }),
        { jsonrpc: '2.0', id: 9, result: {} },
      ]);
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('application/json');
      const answers = JSON.parse(body) as { id: unknown }[];
      expect(
        answers
          .map(({ id }) => id)
          .toSorted((a, b) => (`${typeof a}${a}` < `${typeof b}${b}` ? -1 : 1)),
      ).toEqual([1, 2, '1']);
    });

    it('of one are a list of one', async () => {
      expect(await batching.post([PING])).toMatchObject({
        status: 200,
        body: '[{"jsonrpc":"2.0","id":1,"result":{}}]',
      });
    });

    it('of notifications and responses are taken with 202', async () => {
      expect(
        await batching.post([NOTE, NOTE, { jsonrpc: '2.0', id: 9, result: {} }]),
      ).toMatchObject({ status: 202, body: '' });
    });

    it('take 16 calls, and none where it would be more', async () => {
      const calls = (count: number) =>
        Array.from({ length: count }, (_, id) => toolCall(id, 'echo', { input: `${id}` }));
      expect(JSON.parse((await batching.post(calls(16))).body)).toHaveLength(16);
      tools.echoed.length = 0;
      expectRefusal(await batching.post(calls(17)), 429, -32603);
      expect(tools.echoed).toEqual([]);
    });

    it.each([
      ['initialize', [initialize()]],
      ['initialize among others', [PING, initialize()]],
      ['an id twice', [toolCall(1, 'echo', { input: 'x' }), toolCall(1, 'echo', { input: 'y' })]],
    ])('with %s are refused whole', async (_, batch) => {
      expectRefusal(await batching.post(batch), 400, -32600);
      expect(tools.echoed).toEqual([]);
    });

    it('are a stream of messages where a notification comes first', async () => {
      const progress = { progressToken: 'p' };
      const wire = await batching.stream([
        toolCall('e', 'echo', { input: 'x' }),
        toolCall('c', 'count', { to: 3 }, progress),
        NOTE,
      ]);
      await wire.end();
      const ids = wire.messages.map(({ id, method }) => id ?? method);
      expect(ids.filter((id) => id === 'notifications/progress')).toHaveLength(3);
      expect(ids.filter((id) => id === 'e' || id === 'c')).toHaveLength(2);
      expect(ids.at(-1)).toBe('c');
    });

    it('work on HTTP+SSE, message by message', async () => {
      const wire = await SseWire.open(new URL('/sse', url));
      await wire.initialize('2025-03-26');
      expect(await wire.post([request(1, 'ping'), NOTE, request(2, 'ping')])).toMatchObject({
        status: 202,
      });
      await Promise.all([wire.answer(1), wire.answer(2)]);
      expectRefusal(await wire.post([initialize()]), 400, -32600);
      wire.close();
    });
  });

  describe('without a session (2026-07-28)', () => {
    it.each([
      'initialize',
      'ping',
      'logging/setLevel',
      'resources/subscribe',
      'resources/unsubscribe',
      'none',
      '__proto__',
      'constructor',
    ])('answers the method %s with 404 and -32601', async (method) => {
      const answer = await postModern(url, { id: 'x', method });
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.body)).toMatchObject({ id: 'x', error: { code: -32601 } });
    });

    it.each([
      ['without a method header', { 'mcp-method': '' }, -32020],
      ['with another method in the header', { 'mcp-method': 'tools/list' }, -32020],
      ['with the method in another case', { 'mcp-method': 'Tools/Call' }, -32020],
      ['with another name in the header', { 'mcp-name': 'fail' }, -32020],
      ['with another version in the header', { 'mcp-protocol-version': '2025-11-25' }, -32020],
      ['with a name that is no Base64', { 'mcp-name': '=?base64?%%%?=' }, -32020],
    ])('refuses a call %s', async (_, headers, code) => {
      const params = { name: 'echo', arguments: { input: 'x' } };
      const answer = await postModern(url, { id: 'x', method: 'tools/call', params, headers });
      expectRefusal(answer, 400, code, 'x');
      expect(tools.echoed).toEqual([]);
    });

    it('refuses a revision that is not served, and lists those that are', async () => {
      const answer = await postModern(url, {
        method: 'tools/list',
        meta: { 'io.modelcontextprotocol/protocolVersion': '2030-01-01' },
        headers: { 'mcp-protocol-version': '2030-01-01' },
      });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({
        id: 1,
        error: { code: -32022, data: { requested: '2030-01-01', supported: expect.any(Array) } },
      });
    });

    it('answers an unknown tool, and bad params, with -32602', async () => {
      const answer = await postModern(url, { method: 'tools/call', params: { name: 'none' } });
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: -32602 } });
    });

    it('takes a notification with 202, and refuses a response', async () => {
      const headers = { 'mcp-protocol-version': '2026-07-28' };
      expect(await postMcp(url, NOTE, headers)).toMatchObject({ status: 202, body: '' });
      expectRefusal(
        await postMcp(url, { jsonrpc: '2.0', id: 1, result: {} }, headers),
        400,
        -32600,
      );
    });

    it('neither looks at a session id and an event id, nor gives one', async () => {
      const headers = { 'mcp-session-id': UNKNOWN, 'last-event-id': 'own-0_1' };
      const params = { name: 'echo', arguments: { input: 'x' } };
      const answer = await postModern(url, { method: 'tools/call', params, headers });
      expect(answer.status).toBe(200);
      expect(answer.headers['mcp-session-id']).toBeUndefined();
      expect(answer.body).not.toMatch(/^id:/m);
    });
  });
});

describe.each(PLATFORMS)('the end of Streamable HTTP on %s', (platform) => {
  it('lets live sessions go on, and admits nobody new', async () => {
    const { app, url } = await startApp({ platform, providers: [ProbeTools] });
    const tools = app.get(ProbeTools);
    const session = await HttpSession.open(url);
    const running = session.post(toolCall(1, 'wait'));
    await tools.running(1);
    const closing = app.close();
    const refusals = [
      [await postMcp(url, initialize()), 'init'],
      [await postModern(url, { id: 'm', method: 'tools/list' }), 'm'],
      [await session.refusedGet(), undefined],
    ] as const;
    for (const [answer, id] of refusals) {
      expectRefusal(answer, 503, -32603, id);
      expect(answer.headers['retry-after']).toBe('1');
    }
    expect(await session.call(2, 'ping')).toMatchObject({ result: {} });
    expect(await session.post(toolCall(3, 'echo', { input: 'x' }))).toMatchObject({ status: 200 });
    await session.post({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 1 },
    });
    await running;
    await closing;
  });
});
