import { randomBytes, randomInt } from 'node:crypto';
import { request, type Server } from 'node:http';
import { promisify } from 'node:util';
import type { CanActivate, INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { InMemoryBackplaneHub, McpRegistry } from '@nestmcp/core';
import { OpenStreams } from '../../libs/core/src/session/open-streams.js';
import { LiveCalls } from '../../libs/core/src/session/live-calls.js';
import { deferred } from '../support/deferred.js';
import { equalIdsOverHttp, equalIdsOverSse } from '../support/wire/equal-ids.js';
import { ACCEPT, HttpSession, toolCall } from '../support/wire/http-session.js';
import { statelessRequest, postStateless } from '../support/wire/stateless-request.js';
import { nodes } from '../support/app/nodes.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { eventually } from '../support/eventually.js';
import { PLATFORMS } from '../support/app/test-app.js';

const aborted = async (signal: AbortSignal | undefined): Promise<void> => {
  if (signal === undefined) throw new Error('nothing runs');
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
};

describe.each(PLATFORMS)('clients of one server on %s', (platform) => {
  const { start } = nodes();
  const node = () => start({ platform });

  it.each([
    ['Streamable HTTP', equalIdsOverHttp],
    ['HTTP+SSE', equalIdsOverSse],
  ])('get only their own responses over %s, with equal ids', async (_, run) => {
    const { url } = await node();
    expect(await run(url, 50, 20)).toEqual({ calls: 1_000, foreign: 0 });
  });

  it('get no event for a thousand event ids of other clients', async () => {
    const { url } = await node();
    const [victim, thief] = [await HttpSession.open(url), await HttpSession.open(url)];
    const secret = await victim.stream(toolCall(1, 'count', { to: 9 }, { progressToken: 'p' }));
    await secret.end();
    const own = await thief.stream(toolCall(1, 'count', { to: 1 }, { progressToken: 'p' }));
    await own.end();
    const [foreign, mine] = [secret, own].map(({ events }) => events.map(({ id = '' }) => id));
    const ids = Array.from({ length: 1_000 }, (_, index) =>
      forged(index, foreign ?? [], mine ?? []),
    );
    for (const id of ids) {
      const answer = await thief.refusedGet({ 'last-event-id': id });
      expect(answer.status).toBe(400);
      expect(answer.body).not.toMatch(/progress/);
    }
  });

  it('run a tool once for each id that is in flight, in a thousand attempts', async () => {
    const { url, tools } = await node();
    const session = await HttpSession.open(url);
    let taken = 0;
    for (let round = 0; round < 250; round++) {
      const calls = Array.from({ length: 4 }, () =>
        session.post(toolCall(round, 'echo', { input: 'x' })),
      );
      const answers = await Promise.all(calls);
      for (const { status } of answers) expect([200, 400]).toContain(status);
      taken += answers.filter(({ status }) => status === 200).length;
    }
    expect(tools.echoed).toHaveLength(taken);
    expect(taken).toBeGreaterThanOrEqual(250);
  });

  it('may cancel a call at any moment, in a thousand races', async () => {
    const { app, url } = await node();
    const session = await HttpSession.open(url);
    for (let round = 0; round < 200; round++) {
      const answers = await Promise.all(
        Array.from({ length: 5 }, async (_, nth) => {
          const id = `${round}.${nth}`;
          const params = { requestId: id };
          const call = session.post(toolCall(id, 'echo', { input: id }));
          const cancel = session.post({
            jsonrpc: '2.0',
            method: 'notifications/cancelled',
            params,
          });
          expect(await cancel).toMatchObject({ status: 202 });
          return { id, ...(await call) };
        }),
      );
      for (const { id, status, body } of answers) {
        expect(status).toBe(200);
        if (body !== '') expect(JSON.parse(body)).toMatchObject({ id, result: {} });
      }
    }
    expect(app.get(LiveCalls, { strict: false }).size).toBe(0);
  });

  it('see the progress of each call in order and ahead of its response, sixteen at once', async () => {
    const { url } = await node();
    const session = await HttpSession.open(url);
    const streams = await Promise.all(
      Array.from({ length: 16 }, (_, id) =>
        session.stream(toolCall(id, 'count', { to: 100 }, { progressToken: id })),
      ),
    );
    for (const [id, stream] of streams.entries()) {
      await stream.end();
      const told = stream.messages.map(({ params, ...message }) => {
        const { progress, progressToken } = (params ?? {}) as Record<string, unknown>;
        return progress === undefined ? message.id : [progressToken, progress];
      });
      expect(told).toEqual([...Array.from({ length: 100 }, (_, step) => [id, step + 1]), id]);
    }
  });

  it('cancel a call of 2026-07-28 by disconnecting', async () => {
    const { app, url, tools } = await node();
    const { headers, body } = statelessRequest({ method: 'tools/call', params: { name: 'wait' } });
    const leave = postAndLeave(url, headers, body);
    await tools.running(1);
    leave();
    await aborted(tools.waiting[0]);
    expect(app.get(LiveCalls, { strict: false }).size).toBe(0);
  });

  it('find the response of 2025-11-25 after they have disconnected', async () => {
    const { app, url, tools } = await node();
    const session = await HttpSession.open(url);
    const leave = postAndLeave(
      url,
      { ...ACCEPT, 'mcp-session-id': session.id },
      toolCall('w', 'wait'),
    );
    const release = tools.hold();
    const stream = await session.stream(toolCall('c', 'count', { to: 1 }, { progressToken: 'p' }));
    const { id: lastEventId = '' } = await stream.until(() => stream.events[1]);
    await tools.running(1);
    stream.close();
    leave();
    await untilNobodyIsConnected(app);
    expect(tools.waiting[0]?.aborted).toBe(false);
    expect(app.get(LiveCalls, { strict: false }).size).toBe(2);
    release();
    const rest = await session.get({ 'last-event-id': lastEventId });
    await rest.end();
    expect(rest.messages).toMatchObject([{ id: 'c', result: {} }]);
    await session.delete();
    await aborted(tools.waiting[0]);
  });
});

describe('a client that disconnects while a guard is asked', () => {
  const { start } = nodes();

  it('is not treated as connected: its call is aborted, and its stream is not kept', async () => {
    const asked: (() => void)[] = [];
    let isOpen = false;
    const guard: CanActivate = {
      canActivate: async () => {
        const { promise, resolve } = deferred();
        if (isOpen) return true;
        asked.push(resolve);
        await promise;
        return true;
      },
    };
    const { app, url, tools } = await start({
      providers: [ProbeTools, { provide: APP_GUARD, useValue: guard }],
    });
    const notifications = { toolsListChanged: true };
    const leaves = [
      statelessRequest({ method: 'tools/call', params: { name: 'wait' } }),
      statelessRequest({ method: 'subscriptions/listen', params: { notifications } }),
    ].map(({ headers, body }) => postAndLeave(url, headers, body));
    await eventually(() => asked.length === 2);
    for (const leave of leaves) leave();
    await untilNobodyIsConnected(app);
    isOpen = true;
    for (const pass of asked) pass();
    expect(await postStateless(url, { method: 'tools/list' })).toMatchObject({ status: 200 });
    expect(tools.waiting).toHaveLength(0);
    expect(app.get(LiveCalls, { strict: false }).size).toBe(0);
    expect(app.get(OpenStreams, { strict: false }).size).toBe(0);
  });
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the event log that all sessions share', () => {
  const { start } = nodes(() => new InMemoryBackplaneHub());

  it('replays to a session only the events of its own stream, among fifty others', async () => {
    const { app, url } = await start();
    const registry = app.get(McpRegistry, { strict: false });
    const session = await HttpSession.open(url);
    const first = await session.get();
    const { id: cursor = '' } = await first.until(() => first.events[0]);
    const others = await Promise.all(Array.from({ length: 50 }, () => HttpSession.open(url)));
    const streams = await Promise.all(others.map((other) => other.get()));
    await Promise.all(streams.map((stream) => stream.until(() => stream.events[0])));
    first.close();
    await session.call('gone', 'ping');
    for (let round = 0; round < 20; round++) registry.tool(`t${round}`).handle(() => round);
    await Promise.all(
      streams.map((stream) =>
        stream.until(() => (stream.messages.length === 20 ? true : undefined)),
      ),
    );
    const posted = await Promise.all(
      others.map((other) => other.stream(toolCall(1, 'count', { to: 20 }, { progressToken: 'p' }))),
    );
    await Promise.all(posted.map((stream) => stream.end()));
    const again = await session.get({ 'last-event-id': cursor });
    await again.until(() => again.events[0]);
    registry.remove('t0');
    await again.until(() => again.messages.at(-1));
    const name = cursor.split('_')[0];
    expect(again.events.every(({ id }) => id?.split('_')[0] === name)).toBe(true);
    for (const { method } of again.messages)
      expect(method).toBe('notifications/tools/list_changed');
    for (const wire of [again, ...streams]) wire.close();
  });
});

/** Ids of another session: corrected, cut, or made up. */
function forged(index: number, foreign: readonly string[], mine: readonly string[]): string {
  const stolen = foreign[index % foreign.length] ?? '';
  const [theirStream = '', theirEntry = ''] = stolen.split('_');
  const [myStream = ''] = (mine[0] ?? '').split('_');
  const forms = [
    stolen,
    `${myStream}_${theirEntry}`,
    `${theirStream}_${randomInt(2 ** 47)}-${index}`,
    stolen.slice(0, index % stolen.length),
    `post-${randomBytes(12).toString('hex')}_${theirEntry}`,
    `own-${randomBytes(12).toString('hex')}_0-0`,
    `${theirStream.replace('post', 'own')}_${theirEntry}`,
  ];
  return forms[index % forms.length] ?? '';
}

/** Sends a request without waiting for the response. Returns a function that closes the connection. */
function postAndLeave(url: URL, headers: Record<string, string>, body: object): () => void {
  const outgoing = request(new URL('/mcp', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  });
  outgoing.on('error', () => undefined);
  outgoing.end(JSON.stringify(body));
  return () => void outgoing.destroy();
}

async function untilNobodyIsConnected(app: INestApplication): Promise<void> {
  const server = app.getHttpServer() as Server;
  const connections = promisify(server.getConnections.bind(server));
  while ((await connections()) > 0) await turn();
  // Their open streams are notified after they are no longer counted.
  await turn();
}
