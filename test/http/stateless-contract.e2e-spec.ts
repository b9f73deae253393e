import { contracted, expectRefusal } from '../support/wire/contract.js';
import { HttpSession, initialize, postMcp, toolCall } from '../support/wire/http-session.js';
import { postStateless } from '../support/wire/stateless-request.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const NOTE = { jsonrpc: '2.0', method: 'notifications/initialized' };
const UNKNOWN = 'AAAAAAAAAAAAAAAAAAAAAA';

describe.each(PLATFORMS)('Streamable HTTP without a session on %s', (platform) => {
  const on = contracted(platform);

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
    const answer = await postStateless(on.url, { id: 'x', method });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({ id: 'x', error: { code: -32601 } });
  });

  it.each([
    ['without a method header', { 'mcp-method': '' }, -32020],
    ['with another method in the header', { 'mcp-method': 'tools/list' }, -32020],
    ['with the method in another case', { 'mcp-method': 'Tools/Call' }, -32020],
    ['with another name in the header', { 'mcp-name': 'fail' }, -32020],
    ['with another version in the header', { 'mcp-protocol-version': '2025-11-25' }, -32020],
    ['with a name that is not Base64', { 'mcp-name': '=?base64?%%%?=' }, -32020],
  ])('refuses a call %s', async (_, headers, code) => {
    const params = { name: 'echo', arguments: { input: 'x' } };
    const answer = await postStateless(on.url, { id: 'x', method: 'tools/call', params, headers });
    expectRefusal(answer, 400, code, 'x');
    expect(on.tools.echoed).toEqual([]);
  });

  it('refuses an unsupported revision, and lists the supported ones', async () => {
    const answer = await postStateless(on.url, {
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

  it('answers an unknown tool, and invalid params, with -32602', async () => {
    const answer = await postStateless(on.url, { method: 'tools/call', params: { name: 'none' } });
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: -32602 } });
  });

  it('accepts a notification with 202, and refuses a response', async () => {
    const headers = { 'mcp-protocol-version': '2026-07-28' };
    expect(await postMcp(on.url, NOTE, headers)).toMatchObject({ status: 202, body: '' });
    expectRefusal(
      await postMcp(on.url, { jsonrpc: '2.0', id: 1, result: {} }, headers),
      400,
      -32600,
    );
  });

  it('ignores session ids and event ids, and returns none', async () => {
    const headers = { 'mcp-session-id': UNKNOWN, 'last-event-id': 'own-0_1' };
    const params = { name: 'echo', arguments: { input: 'x' } };
    const answer = await postStateless(on.url, { method: 'tools/call', params, headers });
    expect(answer.status).toBe(200);
    expect(answer.headers['mcp-session-id']).toBeUndefined();
    expect(answer.body).not.toMatch(/^id:/m);
  });
});

describe.each(PLATFORMS)('the shutdown of Streamable HTTP on %s', (platform) => {
  it('lets live sessions continue, and admits no new client', async () => {
    const { app, url } = await startApp({ platform, providers: [ProbeTools] });
    const tools = app.get(ProbeTools);
    const session = await HttpSession.open(url);
    const running = session.post(toolCall(1, 'wait'));
    await tools.running(1);
    const closing = app.close();
    const refusals = [
      [await postMcp(url, initialize()), 'init'],
      [await postStateless(url, { id: 'm', method: 'tools/list' }), 'm'],
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
