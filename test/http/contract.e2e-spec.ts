import { contracted, expectRefusal } from '../support/wire/contract.js';
import {
  HttpSession,
  initialize,
  postMcp,
  request,
  toolCall,
} from '../support/wire/http-session.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { type HttpAnswer, post, send, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';

const PING = request(1, 'ping');
const NOTE = { jsonrpc: '2.0', method: 'notifications/initialized' };
const UNKNOWN = 'AAAAAAAAAAAAAAAAAAAAAA';
const NOT_FOUND = '{"jsonrpc":"2.0","error":{"code":-32600,"message":"Session not found"}}';

describe.each(PLATFORMS)('a session of Streamable HTTP on %s', (platform) => {
  const on = contracted(platform);
  const mcp = (): URL => new URL('/mcp', on.url);

  const onMissing = async (): Promise<HttpAnswer[]> => [
    await postMcp(on.url, PING),
    await postMcp(on.url, NOTE),
    await send('GET', mcp(), { accept: 'text/event-stream' }),
    await send('DELETE', mcp()),
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
  ])('answers a session id that is %s with the same 404', async (_, id) => {
    const headers = { 'mcp-session-id': id };
    const answers = [
      await postMcp(on.url, toolCall(7, 'echo', { input: 'x' }), headers),
      await send('GET', mcp(), { ...headers, accept: 'text/event-stream' }),
      await send('GET', mcp(), { ...headers, accept: 'text/event-stream', 'last-event-id': 'a_1' }),
      await send('DELETE', mcp(), headers),
    ];
    for (const { status, body } of answers)
      expect({ status, body }).toEqual({ status: 404, body: NOT_FOUND });
    expect(on.tools.echoed).toEqual([]);
  });

  it('answers a session id that is longer than Node’s header limit with 431', async () => {
    const headers = { 'mcp-session-id': 'x'.repeat(20_000) };
    expect(await on.session.post(PING, headers)).toMatchObject({ status: 431 });
  });

  it('does not know a session of HTTP+SSE, nor does HTTP+SSE know one of Streamable HTTP', async () => {
    const wire = await SseWire.open(new URL('/sse', on.url));
    const id = (await wire.endpoint()).searchParams.get('sessionId') ?? '';
    expect(await postMcp(on.url, PING, { 'mcp-session-id': id })).toMatchObject({
      status: 404,
      body: NOT_FOUND,
    });
    wire.close();
    const messages = new URL(`/messages?sessionId=${on.session.id}`, on.url);
    expect(await post(messages, PING)).toMatchObject({ status: 404, body: NOT_FOUND });
  });

  it('ends with DELETE, and is unknown from then on', async () => {
    const other = await HttpSession.open(on.url);
    expect(await other.delete()).toMatchObject({ status: 204, body: '' });
    for (const answer of [await other.post(PING), await other.refusedGet(), await other.delete()])
      expect(answer).toMatchObject({ status: 404, body: NOT_FOUND });
  });

  it('ends once, even when several requests end it', async () => {
    const { size } = sessionsOf(on.app);
    const other = await HttpSession.open(on.url);
    const statuses = await Promise.all(Array.from({ length: 10 }, () => other.delete()));
    expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([204, 404]));
    expect(sessionsOf(on.app).size).toBe(size);
  });

  it.each(['1999-01-01', '2025-11-25, 2025-11-25', 'draft', ''])(
    'answers the protocol version "%s" with 400',
    async (version) => {
      const headers = { 'mcp-protocol-version': version };
      for (const answer of [
        await on.session.post(PING, headers),
        await on.session.post(NOTE, headers),
        await on.session.post({ jsonrpc: '2.0', id: 1, result: {} }, headers),
        await on.session.post([PING], headers),
        await on.session.refusedGet(headers),
      ])
        expect(answer.status).toBe(400);
    },
  );

  it.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])(
    'accepts the protocol version %s, whichever was negotiated',
    async (version) => {
      const headers = { 'mcp-protocol-version': version };
      expect(await on.session.post(PING, headers)).toMatchObject({ status: 200 });
    },
  );

  it('answers 2026-07-28 on GET and DELETE with 405, and with 400 on an unsuitable POST', async () => {
    const headers = { 'mcp-protocol-version': '2026-07-28' };
    const onDelete = await send('DELETE', mcp(), { ...headers, 'mcp-session-id': on.session.id });
    for (const answer of [await on.session.refusedGet(headers), onDelete]) {
      expect(answer).toMatchObject({ status: 405, body: '' });
      expect(answer.headers.allow).toBe('POST');
    }
    expectRefusal(await on.session.post([PING], headers), 400, -32600);
    expectRefusal(await on.session.post(initialize(), headers), 400, -32600, 'init');
  });

  it.each([0, -1, 1, '1', '', 'ü☃', 9_007_199_254_740_991])(
    'echoes the id %p with its type',
    async (id) => {
      expect(await on.session.call(id, 'ping')).toEqual({ jsonrpc: '2.0', id, result: {} });
    },
  );

  it('refuses an id that is running, and runs the tool once', async () => {
    on.tools.waiting.length = 0;
    const first = on.session.post(toolCall('same', 'wait'));
    await on.tools.running(1);
    expectRefusal(await on.session.post(toolCall('same', 'wait')), 400, -32600, 'same');
    expect(on.tools.waiting).toHaveLength(1);
    await on.session.post({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 'same' },
    });
    expect(await first).toMatchObject({ status: 200, body: '' });
  });

  it('refuses the 17th call at once with 429, its id and when to retry', async () => {
    on.tools.waiting.length = 0;
    const other = await HttpSession.open(on.url);
    const calls = Array.from({ length: 16 }, (_, id) => other.post(toolCall(id, 'wait')));
    await on.tools.running(16);
    const refused = await other.post(toolCall(16, 'wait'));
    expectRefusal(refused, 429, -32603, 16);
    expect(refused.headers['retry-after']).toBe('1');
    expect(on.tools.waiting).toHaveLength(16);
    await other.delete();
    await Promise.all(calls);
  });

  it.each([
    ['a notification', NOTE],
    ['an unknown notification', { jsonrpc: '2.0', method: 'notifications/none' }],
    ['a response', { jsonrpc: '2.0', id: 1, result: {} }],
    ['an error without an id', { jsonrpc: '2.0', error: { code: 1, message: 'x' } }],
  ])('accepts %s with 202 and no body', async (_, message) => {
    expect(await on.session.post(message)).toMatchObject({ status: 202, body: '' });
  });

  it.each([
    ['an unknown method', request(1, 'none'), -32601],
    ['params that are not an object', { ...request(1, 'tools/list'), params: [] }, -32602],
    ['an unknown tool', toolCall(1, 'none'), -32602],
  ])('answers %s with 200 and a JSON-RPC error', async (_, message, code) => {
    const answer = await on.session.post(message);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ id: 1, error: { code } });
  });

  it('answers an exception of a tool with 200 and a masked result', async () => {
    const { status, body } = await on.session.post(toolCall(1, 'fail'));
    expect(status).toBe(200);
    expect(body).toMatch(/"isError":true/);
    expect(body).not.toMatch(/secret/);
  });

  it('opens no session when initialize fails', async () => {
    const { size } = sessionsOf(on.app);
    const answer = await postMcp(on.url, request('i', 'initialize', {}));
    expect(JSON.parse(answer.body)).toMatchObject({ id: 'i', error: { code: -32602 } });
    expect(answer.headers['mcp-session-id']).toBeUndefined();
    expect(sessionsOf(on.app).size).toBe(size);
  });

  it('refuses a second stream of an anonymous session with 409, also when both arrive at once', async () => {
    const other = await HttpSession.open(on.url);
    const both = await Promise.all([other.get(), other.get()]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expectRefusal(await other.refusedGet(), 409, -32600);
    for (const wire of both) wire.close();
    await other.delete();
  });

  it('serves a stream to a client that accepts anything', async () => {
    const other = await HttpSession.open(on.url);
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
    expectRefusal(await on.session.refusedGet({ 'last-event-id': id }), 400, -32600);
  });
});
