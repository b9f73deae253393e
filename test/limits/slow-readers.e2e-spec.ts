import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { McpContext, McpTool, McpToolType } from '@nestmcp/core';
import { ChangeRelay } from '../../libs/core/src/session/change-relay.js';
import { SessionRegistry } from '../../libs/core/src/session/session.registry.js';
import { outputAccounts } from '../../libs/core/src/transports/output/output-accounts.js';
import { ACCEPT, HttpSession, initialize, toolCall } from '../support/wire/http-session.js';
import { statelessRequest } from '../support/wire/stateless-request.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { post } from '../support/wire/sse-wire.js';
import { StuckReader } from '../support/wire/stuck-reader.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const MEBIBYTE = 1024 * 1024;
const RESULT_BYTES = MEBIBYTE + 1024;
const STREAM_BYTES = RESULT_BYTES + 4 * MEBIBYTE;
const OWNER_BYTES = RESULT_BYTES + 16 * MEBIBYTE;
const LARGE = toolCall(7, 'huge', { length: MEBIBYTE });
const EVENTS = { accept: 'text/event-stream' };

@McpToolType()
class FloodTools {
  @McpTool('Tell large progress until nobody listens')
  async flood(ctx: McpContext): Promise<string> {
    for (let step = 1; step <= 200 && !ctx.signal.aborted; step++) {
      await ctx.progress(step, 200, 'x'.repeat(MEBIBYTE / 4));
      await turn();
    }
    return 'flooded';
  }
}

function ofSession({ id }: HttpSession): Record<string, string> {
  return { ...ACCEPT, 'mcp-session-id': id };
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe.each(PLATFORMS)('a client that does not read, on %s', (platform) => {
  let app: INestApplication;
  let url: URL;
  let most = 0;
  const open = new Set<Socket>();
  const stuck: StuckReader[] = [];
  const counting = setInterval(() => (most = Math.max(most, outputAccounts.bytes)), 1);

  const send = (path: string, headers: Record<string, string>, body?: object): StuckReader => {
    const reader = StuckReader.send(new URL(path, url), headers, body);
    stuck.push(reader);
    return reader;
  };
  /** Resolves when the server has at most `count` connections. */
  const connections = async (left: number): Promise<void> => {
    while (open.size > left)
      await Promise.race(
        [...open].map((socket) => new Promise((over) => socket.once('close', over))),
      );
  };

  const start = async (writeTimeout: '30s' | '300ms'): Promise<void> => {
    ({ app, url } = await startApp({
      platform,
      providers: [ProbeTools, FloodTools],
      mcp: { limits: { resultBytes: RESULT_BYTES, writeTimeout, progressPerSecond: 10_000 } },
    }));
    (app.getHttpServer() as Server).on('connection', (socket: Socket) => {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    });
    most = 0;
  };

  afterEach(async () => {
    for (const reader of stuck.splice(0)) reader.close();
    await app.close();
    if (outputAccounts.bytes !== 0) throw new Error('Something is still counted');
  });

  afterAll(() => clearInterval(counting));

  it('is disconnected on HTTP+SSE when its queued bytes exceed the limit, while others continue', async () => {
    await start('30s');
    const stream = send('/sse', EVENTS);
    const [, path = ''] = /data: (\S+)/.exec(await stream.until(/data: \S+\n/)) ?? [];
    const messages = new URL(path, new URL('/sse', url));
    await post(messages, initialize());
    const other = await HttpSession.open(url);
    let status = 202;
    for (let calls = 0; calls < 40 && status === 202; calls++) {
      ({ status } = await post(messages, { ...LARGE, id: calls }));
      expect(await other.call(calls, 'ping')).toMatchObject({ result: {} });
    }
    expect(status).toBe(404);
    expect(most).toBeGreaterThan(MEBIBYTE);
    expect(most).toBeLessThan(STREAM_BYTES + RESULT_BYTES);
    expect(await other.post(LARGE)).toMatchObject({ status: 200 });
  });

  it('is disconnected on the GET stream when its queued bytes exceed the limit', async () => {
    await start('30s');
    const session = await HttpSession.open(url);
    await send('/mcp', { ...EVENTS, 'mcp-session-id': session.id }).until(/id: /);
    const served = app.get(SessionRegistry, { strict: false }).get(session.id);
    expect(served?.isBusy).toBe(true);
    for (let sent = 0; sent < 40; sent++) {
      served?.deliver(JSON.stringify('x'.repeat(MEBIBYTE)));
      await turn();
    }
    await connections(0);
    expect(served?.isBusy).toBe(false);
    expect(most).toBeLessThan(STREAM_BYTES + RESULT_BYTES);
  });

  it.each(['with sessions', 'without sessions'])(
    'is disconnected on the stream of a POST when its queued bytes exceed the limit, %s',
    async (kind) => {
      await start('30s');
      const params = { name: 'flood', meta: { progressToken: 'p' } };
      const { headers, body } = statelessRequest({
        method: 'tools/call',
        params: { name: params.name },
        meta: params.meta,
      });
      const session = await HttpSession.open(url);
      const reader =
        kind === 'with sessions'
          ? send('/mcp', ofSession(session), toolCall(1, 'flood', {}, params.meta))
          : send('/mcp', headers, body);
      await reader.head();
      await connections(0);
      expect(most).toBeLessThan(STREAM_BYTES + RESULT_BYTES);
    },
  );

  it('is disconnected on subscriptions/listen when its queued bytes exceed the limit', async () => {
    await start('30s');
    const { headers, body } = statelessRequest({
      method: 'subscriptions/listen',
      params: { notifications: { toolsListChanged: true } },
    });
    await send('/mcp', headers, body).until(/acknowledged/);
    const relay = app.get(ChangeRelay, { strict: false });
    const change = { kind: 'list_changed', server: 'default', feature: 'tools' } as const;
    const reached = () => outputAccounts.bytes > STREAM_BYTES - MEBIBYTE;
    for (let edits = 0; edits < 80_000 && !reached(); edits++) relay.relay(change);
    expect(reached()).toBe(true);
    const before = process.cpuUsage();
    while (outputAccounts.bytes > 0) relay.relay(change);
    await connections(0);
    // Node would create an error for each of about 30,000 pending writes.
    expect(process.cpuUsage(before).user).toBeLessThan(1_500_000);
    expect(most).toBeLessThan(STREAM_BYTES);
  });

  it('is disconnected when its many responses exceed the bytes that its owner may have queued', async () => {
    await start('30s');
    const session = await HttpSession.open(url);
    const { headers, body } = statelessRequest({
      method: 'tools/call',
      params: { name: 'huge', arguments: { length: MEBIBYTE } },
    });
    const readers = Array.from({ length: 60 }, () => send('/mcp', headers, body));
    for (const reader of readers) await reader.head().catch(() => undefined);
    expect(most).toBeLessThanOrEqual(OWNER_BYTES + RESULT_BYTES);
    expect(open.size).toBeLessThan(40);
    for (let calls = 0; calls < 10; calls++)
      expect((await session.post({ ...LARGE, id: calls })).body.length).toBeGreaterThan(MEBIBYTE);
  });

  it('is disconnected when it reads nothing before the deadline, for every kind of response', async () => {
    await start('300ms');
    const session = await HttpSession.open(url);
    const stream = send('/sse', EVENTS);
    const [, path = ''] = /data: (\S+)/.exec(await stream.until(/data: \S+\n/)) ?? [];
    const messages = new URL(path, new URL('/sse', url));
    await post(messages, initialize());
    // The kernel holds some 4 MiB for a connection.
    for (let id = 0; id < 7; id++) await post(messages, { ...LARGE, id });
    await send('/mcp', ofSession(session), LARGE).head();
    const { headers, body } = statelessRequest({
      method: 'tools/call',
      params: { name: 'huge', arguments: { length: MEBIBYTE } },
    });
    await send('/mcp', headers, body).head();
    await connections(0);
    expect(most).toBeGreaterThan(MEBIBYTE);
  });

  it('counts a batch whose responses wait for each other', async () => {
    await start('30s');
    const session = await HttpSession.open(url, { version: '2025-03-26' });
    const calls = Array.from({ length: 10 }, (_, id) => ({ ...LARGE, id }));
    const whole = await session.post(calls.slice(0, 4));
    expect(whole.headers['content-type']).toBe('text/event-stream');
    expect(whole.body.match(/"id":\d/g)).toHaveLength(4);
    send('/mcp', ofSession(session), [...calls, toolCall(10, 'wait')]);
    await connections(0);
    expect(most).toBeLessThan(STREAM_BYTES + RESULT_BYTES);
    await session.delete();
  });
});
