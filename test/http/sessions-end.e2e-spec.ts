import type { INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { InMemoryBackplane, InMemoryBackplaneHub } from '@nestmcp/core';
import { type FakeClock, fakeClock } from '@nestmcp/testing';
import { SessionQuota } from '../../libs/core/src/transports/streamable-http/session-quota.js';
import { LiveCalls } from '../../libs/core/src/session/live-calls.js';
import { OpenStreams } from '../../libs/core/src/session/open-streams.js';
import { HttpSession, initialize, postMcp, toolCall } from '../support/wire/http-session.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { startApp } from '../support/app/test-app.js';

describe('an idle session of Streamable HTTP', () => {
  let app: INestApplication;
  let url: URL;
  let hub: InMemoryBackplaneHub;
  let clock: FakeClock;

  beforeEach(async () => {
    clock = fakeClock();
    hub = new InMemoryBackplaneHub();
    const backplane = new InMemoryBackplane(hub);
    ({ app, url } = await startApp({ providers: [ProbeTools], mcp: { backplane, timeout: 0 } }));
  });

  afterEach(async () => {
    await app.close();
    clock.restore();
  });

  it('is deleted after 30 minutes, with its events, and is then unknown', async () => {
    const session = await HttpSession.open(url);
    const stream = await session.stream(toolCall(1, 'count', { to: 1 }, { progressToken: 'p' }));
    await stream.end();
    const own = await session.get();
    const { id = '' } = await own.until(() => own.events[0]);
    own.close();
    await session.call(2, 'ping');
    while (app.get(OpenStreams, { strict: false }).size > 0)
      await new Promise((resolve) => setImmediate(resolve));
    await clock.advance('29m');
    await expect(session.call(3, 'ping')).resolves.toMatchObject({ result: {} });
    await clock.advance('34m');
    expect(sessionsOf(app).size).toBe(0);
    expect(await session.post(toolCall(4, 'echo'))).toMatchObject({ status: 404 });
    const [name = '', entry = ''] = id.split('_');
    const key = { session: session.id, stream: name };
    await expect(hub.log.read(key, entry, new AbortController().signal)).rejects.toThrow();
  });

  it('is in use while a stream is open, and while a call runs', async () => {
    const [streaming, calling] = [await HttpSession.open(url), await HttpSession.open(url)];
    const stream = await streaming.get();
    await stream.until(() => stream.events[0]);
    const call = calling.post(toolCall(1, 'wait'));
    await app.get(ProbeTools).running(1);
    for (let hours = 0; hours < 5; hours++) await clock.advance('60m');
    expect(sessionsOf(app).size).toBe(2);
    for (const { id } of [streaming, calling]) expect(await hub.sessions.get(id)).toBeDefined();
    await calling.delete();
    await call;
    stream.close();
    await streaming.call(1, 'ping');
    while (app.get(OpenStreams, { strict: false }).size > 0)
      await new Promise((resolve) => setImmediate(resolve));
    await clock.advance('34m');
    expect(sessionsOf(app).size).toBe(0);
  });

  it('is stored in the directory again when the directory was lost', async () => {
    const session = await HttpSession.open(url);
    await hub.sessions.remove(session.id);
    await clock.advance('10m');
    await session.call(1, 'ping');
    expect(await hub.sessions.get(session.id)).toMatchObject({ record: { id: session.id } });
  });
});

const of = (user: string) => ({ headers: { user } });

describe('sessions of Streamable HTTP are limited', () => {
  const guard = {
    canActivate: (context: {
      switchToHttp(): { getRequest(): { headers: { user?: string }; user?: unknown } };
    }) => {
      const request = context.switchToHttp().getRequest();
      if (request.headers.user !== undefined) request.user = { sub: request.headers.user };
      return true;
    },
  };
  const start = (limits: object) =>
    startApp({ providers: [ProbeTools, { provide: APP_GUARD, useValue: guard }], mcp: { limits } });

  it('in the process: 503, with the id and when to retry', async () => {
    const { app, url } = await start({ sessions: 2 });
    const [first, second] = [await HttpSession.open(url), await HttpSession.open(url)];
    const calls = [first, second].map((session) => session.post(toolCall(1, 'wait')));
    await app.get(ProbeTools).running(2);
    const refused = await postMcp(url, initialize(undefined, 'x'));
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(JSON.parse(refused.body)).toMatchObject({ id: 'x', error: { code: -32603 } });
    await Promise.all([first.delete(), first.delete(), first.delete()]);
    const third = await HttpSession.open(url);
    calls.push(third.post(toolCall(1, 'wait')));
    await app.get(ProbeTools).running(3);
    expect(await postMcp(url, initialize())).toMatchObject({ status: 503 });
    await Promise.all([second.delete(), third.delete()]);
    await Promise.all(calls);
    await app.close();
  });

  it('for each user: the session that was idle for longest is evicted, and only of that user', async () => {
    const { app, url } = await start({ streamsPerPrincipal: 2 });
    const other = await HttpSession.open(url, of('bob'));
    const [first, second] = [
      await HttpSession.open(url, of('alice')),
      await HttpSession.open(url, of('alice')),
    ];
    const ticks = Date.now();
    while (Date.now() === ticks) await new Promise((resolve) => setImmediate(resolve));
    await first.call(1, 'ping');
    const third = await HttpSession.open(url, of('alice'));
    for (const alive of [other, first, third])
      expect(await alive.call(2, 'ping')).toMatchObject({ result: {} });
    expect(await second.post(toolCall(3, 'echo'))).toMatchObject({ status: 404 });
    await app.close();
  });

  it('for each user: 429 when all are in use', async () => {
    const { app, url } = await start({ streamsPerPrincipal: 2 });
    const busy = [
      await HttpSession.open(url, of('alice')),
      await HttpSession.open(url, of('alice')),
    ];
    const calls = busy.map((session) => session.post(toolCall(1, 'wait')));
    await app.get(ProbeTools).running(2);
    expect(await postMcp(url, initialize(), { user: 'alice' })).toMatchObject({ status: 429 });
    await HttpSession.open(url, of('bob'));
    await Promise.all(busy.map((session) => session.delete()));
    await Promise.all(calls);
    await app.close();
  });

  it('in streams: 429 for a user, and a refused stream is not counted', async () => {
    const { app, url } = await start({ streamsPerPrincipal: 1 });
    const session = await HttpSession.open(url, of('alice'));
    const stream = await session.get();
    await stream.until(() => stream.events[0]);
    for (let round = 0; round < 3; round++)
      expect(await session.refusedGet()).toMatchObject({ status: 429 });
    stream.close();
    while (app.get(OpenStreams, { strict: false }).size > 0)
      await new Promise((resolve) => setImmediate(resolve));
    const again = await session.get();
    expect(again.status).toBe(200);
    again.close();
    await app.close();
  });

  // test:load opens some thousands.
  it('leave nothing behind, 200 of them', async () => {
    const { app, url } = await start({});
    const room: unknown = app.get(SessionQuota, { strict: false });
    for (let round = 0; round < 10; round++)
      await Promise.all(
        Array.from({ length: 20 }, async (_, nth) => {
          const session = await HttpSession.open(url, of(`user ${nth}`));
          const stream = nth % 4 === 0 ? await session.get() : undefined;
          await session.post(toolCall(1, 'echo', { input: 'x' }));
          await session.delete();
          await stream?.end();
        }),
      );
    expect(sessionsOf(app).size).toBe(0);
    expect(room).toMatchObject({ byOwner: new Map(), known: new Set(), anonymous: new Set() });
    expect(app.get(LiveCalls, { strict: false }).size).toBe(0);
    expect(app.get(OpenStreams, { strict: false }).size).toBe(0);
    await app.close();
  });
});
