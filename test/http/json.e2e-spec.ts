import { McpContext, McpRegistry, McpTool, McpToolType } from '@nestmcp/core';
import { expectRefusal } from '../support/wire/contract.js';
import {
  HttpSession,
  initialize,
  postMcp,
  request,
  toolCall,
} from '../support/wire/http-session.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { type HttpAnswer, post, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, type RunningApp, startApp } from '../support/app/test-app.js';
import { StatelessWire } from '../support/wire/wires.js';

@McpToolType()
class Tools {
  @McpTool('Say a lot, and take longer than the keep-alive pause')
  async talk(ctx: McpContext): Promise<string> {
    await ctx.progress(1);
    ctx.log.emergency('help');
    jest.advanceTimersByTime(60);
    return String(await ctx.closeStream());
  }
}

const JSON_ONLY = { accept: 'application/json' };
const json = ({ body }: HttpAnswer): unknown => JSON.parse(body);
const SAID = { result: { content: [{ type: 'text', text: 'false' }] } };
const TALK = toolCall(1, 'talk', {}, { progressToken: 'p' });

describe.each(PLATFORMS)('Streamable HTTP with JSON responses on %s', (platform) => {
  let running: RunningApp;
  let url: URL;

  beforeAll(async () => {
    jest.useFakeTimers();
    const streamableHttp = { json: true, keepAlive: '10ms' as const };
    const mcp = { transports: { streamableHttp } };
    running = await startApp({ platform, providers: [ProbeTools, Tools], mcp });
    ({ url } = running);
  });
  afterAll(async () => {
    jest.useRealTimers();
    await running.app.close();
  });

  const mcp = (): URL => new URL('/mcp', url);

  it('accepts clients that accept only JSON, and no others', async () => {
    expect(await post(mcp(), initialize(), JSON_ONLY)).toMatchObject({ status: 200 });
    expect(await post(mcp(), initialize())).toMatchObject({ status: 200 });
    expect(await postMcp(url, initialize())).toMatchObject({ status: 200 });
    expectRefusal(await post(mcp(), initialize(), { accept: 'text/event-stream' }), 406, -32600);
  });

  it('declares no capability whose messages it does not send', async () => {
    expect(json(await postMcp(url, initialize()))).toHaveProperty('result.capabilities', {
      tools: { listChanged: true },
    });
    const found = await new StatelessWire(url).posted(1, 'server/discover');
    expect((await found.ended())[0]).toHaveProperty('result.capabilities', { tools: {} });
  });

  it.each(['2025-03-26', '2025-06-18', '2025-11-25'])(
    'answers a call of %s with its response, and drops earlier notifications',
    async (version) => {
      const session = await HttpSession.open(url, { version });
      const answer = await session.post(TALK, JSON_ONLY);
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(json(answer)).toMatchObject(SAID);
    },
  );

  it('does the same without a session', async () => {
    const reader = await new StatelessWire(url).posted(1, 'tools/call', {
      name: 'talk',
      _meta: { progressToken: 1, 'io.modelcontextprotocol/logLevel': 'debug' },
    });
    expect(reader.isStream).toBe(false);
    expect(await reader.ended()).toMatchObject([SAID]);
  });

  it('answers a batch with a list', async () => {
    const session = await HttpSession.open(url, { version: '2025-03-26' });
    const answer = await session.post([TALK, request(2, 'ping')]);
    expect(json(answer)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 1, ...SAID }),
        { jsonrpc: '2.0', id: 2, result: {} },
      ]),
    );
  });

  it('answers a cancelled call with 202, and the rest of its batch with results', async () => {
    const probe = running.app.get(ProbeTools);
    const session = await HttpSession.open(url, { version: '2025-03-26' });
    const cancel = async (requestId: number): Promise<void> => {
      await session.post({
        jsonrpc: '2.0',
        method: 'notifications/cancelled',
        params: { requestId },
      });
    };
    const alone = session.post(toolCall(1, 'wait'));
    const among = session.post([toolCall(2, 'wait'), request(3, 'ping')]);
    await probe.running(2);
    await cancel(1);
    await cancel(2);
    expect(await alone).toMatchObject({ status: 202, body: '' });
    expect(json(await among)).toEqual([{ jsonrpc: '2.0', id: 3, result: {} }]);
  });

  it('refuses subscriptions/listen, and says why', async () => {
    const notifications: object = { notifications: { toolsListChanged: true } };
    const reader = await new StatelessWire(url).posted(1, 'subscriptions/listen', notifications);
    expect(reader.status).toBe(404);
    expect(await reader.ended()).toMatchObject([
      { id: 1, error: { code: -32601, message: expect.stringContaining('event stream') } },
    ]);
  });

  it('still serves the stream of a session', async () => {
    const session = await HttpSession.open(url);
    const own = await session.get();
    running.app.get(McpRegistry).disable('huge');
    await own.until(() => own.messages[0]);
    own.close();
  });

  it('does not change HTTP+SSE', async () => {
    const wire = await SseWire.open(new URL('/sse', url));
    expect(await wire.initialize()).toHaveProperty('result.capabilities.logging');
    await wire.post(TALK);
    await wire.answer(1);
    expect(wire.messages.map(({ method }) => method).filter(Boolean)).toEqual([
      'notifications/progress',
      'notifications/message',
    ]);
    wire.close();
  });
});
