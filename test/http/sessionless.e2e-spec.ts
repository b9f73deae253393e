import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import {
  McpContext,
  McpExecutionContext,
  McpRegistry,
  McpTool,
  McpToolType,
  requireCapabilities,
} from '@nestmcp/core';
import { expectRefusal } from '../support/wire/contract.js';
import { ACCEPT, initialize, postMcp, request, toolCall } from '../support/wire/http-session.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { type HttpAnswer, send, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, type RunningApp, startApp } from '../support/app/test-app.js';
import { StatelessWire } from '../support/wire/wires.js';

const REVISIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'];
const NOTE = { jsonrpc: '2.0', method: 'notifications/initialized' };

@Injectable()
class OnceGuard implements CanActivate {
  readonly asked: string[] = [];

  canActivate(context: ExecutionContext): boolean {
    this.asked.push(McpExecutionContext.isMcp(context) ? 'tool' : 'route');
    return true;
  }
}

@McpToolType()
class Tools {
  @McpTool('Tell who calls')
  who({ peer, sessionId }: McpContext): string {
    return JSON.stringify([peer.protocolVersion, peer.clientInfo ?? null, sessionId ?? null]);
  }

  @McpTool('Need sampling')
  sample({ peer }: McpContext): string {
    requireCapabilities(peer, { sampling: {} });
    return 'sampled';
  }

  @McpTool('Log, and let the client go')
  async chat(ctx: McpContext): Promise<string> {
    ctx.log.emergency('help');
    return String(await ctx.closeStream());
  }
}

const json = ({ body }: HttpAnswer): unknown => JSON.parse(body);
const text = (value: string) => ({ result: { content: [{ type: 'text', text: value }] } });
const of = (version: string) => ({ 'mcp-protocol-version': version });

describe.each(PLATFORMS)('Streamable HTTP without sessions on %s', (platform) => {
  let running: RunningApp;
  let url: URL;
  let probe: ProbeTools;
  const guard = new OnceGuard();

  const restart = async (): Promise<void> => {
    running = await startApp({
      platform,
      providers: [ProbeTools, Tools, { provide: APP_GUARD, useValue: guard }],
      mcp: {
        transports: { streamableHttp: { sessions: false, keepAlive: '20ms' } },
        // Anonymous clients get three of them.
        limits: { calls: 4, progressPerSecond: 1_000 },
        once: [OnceGuard],
        drain: 0,
      },
    });
    ({ url } = running);
    probe = running.app.get(ProbeTools);
  };

  beforeAll(restart);
  beforeEach(() => {
    guard.asked.splice(0);
    probe.waiting.splice(0);
  });
  afterAll(() => running.app.close());

  it.each(REVISIONS)('answers initialize of %s, and opens nothing', async (version) => {
    const answer = await postMcp(url, initialize(version), { 'mcp-session-id': 'x' });
    expect(answer.status).toBe(200);
    expect(answer.headers['mcp-session-id']).toBeUndefined();
    expect(json(answer)).toMatchObject({
      id: 'init',
      result: { protocolVersion: version, serverInfo: { name: 'test' } },
    });
    expect(json(answer)).toHaveProperty('result.capabilities', { tools: {} });
    expect(sessionsOf(running.app).size).toBe(0);
  });

  it('refuses initialize without a revision, and answers an unknown one with the latest', async () => {
    expect(json(await postMcp(url, request(1, 'initialize', {})))).toMatchObject({
      error: { code: -32602 },
    });
    expect(json(await postMcp(url, initialize('1999-01-01')))).toMatchObject({
      result: { protocolVersion: '2025-11-25' },
    });
  });

  const NAMED: readonly (readonly [headers: Record<string, string>, version: string])[] = [
    ...REVISIONS.map((version) => [of(version), version] as const),
    [{}, '2025-03-26'],
  ];

  it.each(NAMED)(
    'serves a call with %j as revision %s, for any session id',
    async (headers, version) => {
      for (const id of ['', 'AAAAAAAAAAAAAAAAAAAAAA']) {
        const session = { 'mcp-session-id': id };
        const answer = await postMcp(url, toolCall(1, 'who'), { ...headers, ...session });
        expect(json(answer)).toMatchObject(text(JSON.stringify([version, null, null])));
      }
    },
  );

  it('refuses an unsupported revision', async () => {
    const answer = await postMcp(url, toolCall(1, 'who'), of('1999-01-01'));
    expect(answer.status).toBe(400);
    expect(json(answer)).toMatchObject({ error: { code: -32022 } });
  });

  it.each([
    ['a notification', NOTE],
    ['a cancellation', { ...NOTE, method: 'notifications/cancelled', params: { requestId: 1 } }],
    ['a response', { jsonrpc: '2.0', id: 1, result: {} }],
    ['a batch of notifications', [NOTE, NOTE]],
  ])('accepts %s with 202 and no body', async (_, message) => {
    expect(await postMcp(url, message)).toMatchObject({ status: 202, body: '' });
  });

  it.each(['GET', 'DELETE', 'PUT'])('answers %s with 405', async (method) => {
    const answer = await send(method, new URL('/mcp', url), { accept: 'text/event-stream' });
    expect(answer).toMatchObject({ status: 405, body: '' });
    expect(answer.headers.allow).toBe('POST');
  });

  it('answers ping, and does not know log levels or unknown methods', async () => {
    expect(json(await postMcp(url, request(1, 'ping')))).toMatchObject({ result: {} });
    for (const method of ['logging/setLevel', 'nothing/here', 'server/discover'])
      expect(json(await postMcp(url, request(1, method, { level: 'debug' })))).toMatchObject({
        error: { code: -32601 },
      });
  });

  it('assumes no client capabilities, sends no log messages, and still serves its clients', async () => {
    await postMcp(url, initialize());
    expect(json(await postMcp(url, toolCall(1, 'sample')))).toMatchObject({
      error: { data: { requiredCapabilities: { sampling: {} } } },
    });
    const chat = await postMcp(url, toolCall(1, 'chat'), of('2025-11-25'));
    expect(json(chat)).toMatchObject(text('false'));
  });

  it('streams progress and keep-alives with the response, and nothing to resume from', async () => {
    const release = probe.hold();
    const wire = await SseWire.open(
      new URL('/mcp', url),
      { ...ACCEPT, ...of('2025-11-25') },
      toolCall(1, 'count', { to: 3 }, { progressToken: 'p' }),
    );
    await wire.until(() => (wire.raw.includes(': keep-alive') ? true : undefined));
    release();
    await wire.end();
    expect(wire.messages).toHaveLength(4);
    expect(wire.raw).not.toMatch(/^(id|retry):/m);
  });

  it('accepts batches of 2025-03-26, and of no other revision', async () => {
    const batch = [request(1, 'ping'), NOTE, toolCall('2', 'who')];
    const answers = json(await postMcp(url, batch)) as object[];
    expect(answers).toHaveLength(2);
    expect(answers).toEqual(
      expect.arrayContaining([
        { jsonrpc: '2.0', id: 1, result: {} },
        expect.objectContaining({ id: '2' }),
      ]),
    );
    expectRefusal(await postMcp(url, batch, of('2025-06-18')), 400, -32600);
    for (const refused of [
      [initialize()],
      [request(1, 'ping'), request(1, 'ping')],
      [request(1, 'ping'), initialize()],
    ])
      expectRefusal(await postMcp(url, refused), 400, -32600);
  });

  it('continues a call when the client leaves or cancels, and counts it until it ends', async () => {
    const wire = await SseWire.open(new URL('/mcp', url), { ...ACCEPT }, toolCall(1, 'wait'));
    await probe.running(1);
    wire.close();
    const others = [postMcp(url, toolCall(1, 'wait')), postMcp(url, toolCall(1, 'wait'))];
    await probe.running(3);
    await postMcp(url, { ...NOTE, method: 'notifications/cancelled', params: { requestId: 1 } });
    expect(probe.waiting.map(({ aborted }) => aborted)).toEqual([false, false, false]);
    expectRefusal(await postMcp(url, request(7, 'ping')), 503, -32603, 7);
    expectRefusal(await postMcp(url, [request(7, 'ping'), request(8, 'ping')]), 503, -32603);
    expect(await postMcp(url, NOTE)).toMatchObject({ status: 202 });
    await running.app.close();
    await Promise.all(others);
    expect(probe.waiting.map(({ aborted }) => aborted)).toEqual([true, true, true]);
    await restart();
  });

  it('counts all calls of a batch, or none', async () => {
    const four = [1, 2, 3, 4].map((id) => request(id, 'ping'));
    expectRefusal(await postMcp(url, four), 503, -32603);
    expect(json(await postMcp(url, four.slice(0, 3)))).toHaveLength(3);
  });

  it('asks a guard that is named in once on the tool alone', async () => {
    await postMcp(url, toolCall(1, 'who'));
    await postMcp(url, toolCall(1, 'nothing'));
    await postMcp(url, initialize());
    expect(guard.asked).toEqual(['tool', 'route', 'route']);
  });

  it('serves 2026-07-28 unchanged, with its streams', async () => {
    const wire = new StatelessWire(url);
    const found = await wire.posted(1, 'server/discover');
    expect((await found.ended())[0]).toHaveProperty('result.capabilities', {
      logging: {},
      tools: { listChanged: true },
    });
    const notifications: object = { notifications: { toolsListChanged: true } };
    const listening = await wire.posted(2, 'subscriptions/listen', notifications);
    await listening.until(() => listening.messages[0]);
    running.app.get(McpRegistry).disable('huge');
    await listening.until(() => listening.messages[1]);
    wire.close();
  });
});
