import type { INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import {
  HttpSession,
  initialize,
  postMcp,
  request,
  toolCall,
} from '../support/wire/http-session.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';
import { StatelessWire } from '../support/wire/wires.js';

interface Asking {
  readonly headers: { readonly user?: string; readonly from?: string };
  user?: unknown;
}

/** The header names the user; the proxy names the address. */
const guard = {
  canActivate(context: { switchToHttp(): { getRequest(): Asking } }): boolean {
    const asking = context.switchToHttp().getRequest();
    const { user, from } = asking.headers;
    if (user !== undefined) asking.user = { sub: user };
    if (from !== undefined) Object.defineProperty(asking, 'ip', { value: from });
    return true;
  },
};

const of = (user: string) => ({ headers: { user } });
const from = (address: string) => ({ headers: { from: address } });

describe.each(PLATFORMS)('many anonymous clients, on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  afterEach(() => app.close());

  const start = async (limits: object): Promise<ProbeTools> => {
    const providers = [ProbeTools, { provide: APP_GUARD, useValue: guard }];
    ({ app, url } = await startApp({ platform, providers, mcp: { limits } }));
    return app.get(ProbeTools);
  };

  /** Clients that open a session and never return. */
  const flood = async (times: number): Promise<void> => {
    for (let nth = 0; nth < times; nth++)
      expect(await postMcp(url, initialize())).toMatchObject({ status: 200 });
  };

  it('evict no session of a known user, and none that is in use', async () => {
    const tools = await start({ sessions: 8 });
    const known = await HttpSession.open(url, of('alice'));
    const ready = await HttpSession.open(url);
    const calling = await HttpSession.open(url);
    const call = calling.post(toolCall(1, 'wait'));
    await tools.running(1);
    const listening = await HttpSession.open(url);
    const stream = await listening.get();
    await flood(40);
    for (const session of [known, ready, listening])
      expect(await session.call(2, 'ping')).toMatchObject({ result: {} });
    expect(tools.waiting[0]?.aborted).toBe(false);
    const late = await HttpSession.open(url, of('bob'));
    expect(await late.call(3, 'ping')).toMatchObject({ result: {} });
    expect(sessionsOf(app).size).toBeLessThanOrEqual(8);
    stream.close();
    await calling.delete();
    await call;
  });

  it('evict the session that was idle for longest, whose client receives a 404', async () => {
    await start({ sessions: 2 });
    const [first, second] = [await HttpSession.open(url), await HttpSession.open(url)];
    const later = performance.now() + 2;
    while (performance.now() < later) await new Promise((resolve) => setImmediate(resolve));
    await first.call(1, 'ping');
    const third = await HttpSession.open(url);
    expect(await second.post(request(2, 'ping'))).toMatchObject({ status: 404 });
    for (const session of [first, third])
      expect(await session.call(2, 'ping')).toMatchObject({ result: {} });
  });

  it('never evict a session of a known user', async () => {
    await start({ sessions: 2 });
    const users = [
      await HttpSession.open(url, of('alice')),
      await HttpSession.open(url, of('bob')),
    ];
    expect(await postMcp(url, initialize())).toMatchObject({ status: 503 });
    expect(await postMcp(url, initialize(), { user: 'carol' })).toMatchObject({ status: 503 });
    for (const session of users)
      expect(await session.call(1, 'ping')).toMatchObject({ result: {} });
  });

  it('leave a quarter of the sessions, streams and calls, though all of their own are in use', async () => {
    const tools = await start({ sessions: 4, streams: 8, calls: 8 });
    const sessions = await Promise.all([1, 2, 3].map(async () => HttpSession.open(url)));
    const calls = sessions.flatMap((session) =>
      [1, 2].map(async (id) => session.post(toolCall(id, 'wait'))),
    );
    await tools.running(6);
    const more = await sessions[0]?.post(toolCall(3, 'echo', { input: 'x' }));
    expect(more).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    const stateless = await new StatelessWire(url).posted(1, 'tools/list');
    expect(stateless.status).toBe(503);
    await stateless.ended();
    expect(await postMcp(url, initialize())).toMatchObject({ status: 503 });
    const user = await HttpSession.open(url, of('alice'));
    expect(
      await user.call(1, 'tools/call', { name: 'echo', arguments: { input: 'x' } }),
    ).toMatchObject({ result: {} });
    await Promise.all(sessions.map(async (session) => session.delete()));
    await Promise.all(calls);
  });

  it('leave a quarter of the streams', async () => {
    await start({ streams: 4 });
    const sse = new URL('/sse', url);
    const wires = await Promise.all([1, 2, 3].map(async () => SseWire.open(sse)));
    await Promise.all(wires.map(async (wire) => wire.endpoint()));
    const refused = await SseWire.open(sse);
    expect(refused.status).toBe(503);
    const user = await SseWire.open(sse, { user: 'alice' });
    await user.endpoint();
    for (const wire of [...wires, refused, user]) wire.close();
    await sessionsOf(app).untilEmpty();
  });

  it('are one owner when they share one network', async () => {
    const tools = await start({ streamsPerAddress: 2, callsPerPrincipal: 2 });
    const [first, second] = [
      await HttpSession.open(url, from('2001:db8::1')),
      await HttpSession.open(url, from('2001:db8::2')),
    ];
    const calls = [first, second].map(async (session) => session.post(toolCall(1, 'wait')));
    await tools.running(2);
    const third = await postMcp(url, initialize(), { from: '2001:db8::3:4:5:6' });
    expect(third).toMatchObject({ status: 429 });
    expect(await first.post(request(2, 'ping'))).toMatchObject({ status: 429 });
    const elsewhere = await HttpSession.open(url, from('2001:db8:0:1::1'));
    expect(await elsewhere.call(1, 'ping')).toMatchObject({ result: {} });
    await Promise.all([first.delete(), second.delete()]);
    await Promise.all(calls);
  });
});
