import { InMemoryBackplane, InMemoryBackplaneHub, McpRegistry } from '@nestmcp/core';
import { HttpSession, toolCall } from '../support/wire/http-session.js';
import { nodes } from '../support/app/nodes.js';
import type { SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';

const EVERYTHING_BUT_THE_CLOCK = [
  'hrtime',
  'nextTick',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

const idsOf = ({ events }: SseWire): string[] => events.map(({ id = '' }) => id);
/** Progress as a number, the response as its id. */
const toldBy = ({ messages }: SseWire): unknown[] =>
  messages.map(({ id, params }) => id ?? (params as { progress: number }).progress);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const counting = (id: string | number, to: number) =>
  toolCall(id, 'count', { to }, { progressToken: 'p' });

describe.each(PLATFORMS)('a resumed stream on %s', (platform) => {
  const { start } = nodes();
  const wires: SseWire[] = [];
  const opened = async (wire: Promise<SseWire>): Promise<SseWire> => {
    wires.push(await wire);
    return wire;
  };

  afterEach(() => {
    for (const wire of wires.splice(0)) wire.close();
  });

  it('replays the rest of a finished stream from every event, complete and in order, at any node', async () => {
    const [a, b] = [await start({ platform }), await start({ platform })];
    const session = await HttpSession.open(a.url);
    const whole = await session.stream(counting('c', 100));
    await whole.end();
    expect(toldBy(whole)).toEqual([...upTo(100), 'c']);
    const ids = idsOf(whole);
    expect(new Set(ids).size).toBe(102);
    for (const [cut, lastEventId] of ids.entries()) {
      const rest = await session
        .as([a.url, b.url][cut % 2] ?? a.url)
        .get({ 'last-event-id': lastEventId });
      await rest.end();
      expect(toldBy(rest)).toEqual([...upTo(100), 'c'].slice(cut));
      expect(idsOf(rest)).toEqual([lastEventId, ...ids.slice(cut + 1)]);
    }
  });

  it('continues with a stream whose call still runs, from any point', async () => {
    const [a, b] = [await start({ platform }), await start({ platform })];
    const session = await HttpSession.open(a.url);
    const elsewhere = session.as(b.url);
    for (let cut = 0; cut <= 10; cut++) {
      const release = a.tools.hold();
      const first = await session.stream(counting(`c${cut}`, 10));
      const { id: lastEventId = '' } = await first.until(() => first.events[cut]);
      first.close();
      const second = await elsewhere.get({ 'last-event-id': lastEventId });
      await second.until(() => (second.messages.length === 10 - cut ? true : undefined));
      release();
      await second.end();
      expect(toldBy(second)).toEqual([...upTo(10).slice(cut), `c${cut}`]);
    }
  });

  it('continues also when it is cut repeatedly without new events', async () => {
    const a = await start({ platform });
    const session = await HttpSession.open(a.url);
    const release = a.tools.hold();
    const first = await session.stream(counting('c', 1));
    let { id: lastEventId = '' } = await first.until(() => first.events[1]);
    first.close();
    for (let round = 0; round < 5; round++) {
      const next = await session.get({ 'last-event-id': lastEventId });
      ({ id: lastEventId = '' } = await next.until(() => next.events[0]));
      next.close();
    }
    release();
    const last = await session.get({ 'last-event-id': lastEventId });
    await last.end();
    expect(toldBy(last)).toEqual(['c']);
  });

  it('can start at the first frame of every connection', async () => {
    const a = await start({ platform });
    const session = await HttpSession.open(a.url);
    const posted = await session.stream(counting('c', 1));
    await posted.end();
    const got = await opened(session.get());
    await got.until(() => got.events[0]);
    const resumed = await session.get({ 'last-event-id': idsOf(posted)[0] ?? '' });
    await resumed.end();
    const name = '[0-9a-f]{24}_[0-9]+-[0-9]+';
    expect(posted.raw).toMatch(new RegExp(`^id: post-${name}\ndata: \n\n`));
    expect(got.raw).toMatch(new RegExp(`^\n?id: own-${name}\ndata: \n\n`));
    expect(resumed.raw).toMatch(new RegExp(`^\n?id: post-${name}\ndata: \n\n`));
  });

  it('replays the messages sent while the session stream was cut, and continues at another node', async () => {
    const [a, b] = [await start({ platform }), await start({ platform })];
    const session = await HttpSession.open(a.url);
    const first = await session.get();
    const { id: lastEventId = '' } = await first.until(() => first.events[0]);
    first.close();
    const elsewhere = session.as(b.url);
    const second = await opened(elsewhere.get({ 'last-event-id': lastEventId }));
    await second.until(() => second.events[0]);
    a.app
      .get(McpRegistry, { strict: false })
      .tool('one')
      .handle(() => 1);
    await second.until(() => second.messages[0]);
    expect(await elsewhere.refusedGet()).toMatchObject({ status: 409 });
    expect(second.messages).toHaveLength(1);
  });

  it('has names that cannot be guessed', async () => {
    const a = await start({ platform });
    const sessions = await Promise.all(Array.from({ length: 20 }, () => HttpSession.open(a.url)));
    const names = await Promise.all(
      sessions.map(async (session) => {
        const [own, posted] = [await opened(session.get()), await session.stream(counting(1, 1))];
        await Promise.all([own.until(() => own.events[0]), posted.end()]);
        return [own, posted].map((wire) => idsOf(wire)[0]?.split('_')[0]);
      }),
    );
    expect(new Set(names.flat()).size).toBe(40);
  });

  it('is not offered by a stream that has nothing to resume', async () => {
    const real = new InMemoryBackplane();
    const backplane = {
      nodeId: real.nodeId,
      sessions: real.sessions,
      start: real.start.bind(real),
      stop: real.stop.bind(real),
      health: real.health.bind(real),
      isAlive: real.isAlive.bind(real),
      send: real.send.bind(real),
      broadcast: real.broadcast.bind(real),
    };
    const a = await start({ platform, mcp: { backplane } });
    const session = await HttpSession.open(a.url);
    const posted = await session.stream(counting('c', 3));
    await posted.end();
    expect(toldBy(posted)).toEqual([...upTo(3), 'c']);
    expect(posted.raw).not.toMatch(/^id:/m);
    const own = await opened(session.get());
    expect(own.status).toBe(200);
    a.app
      .get(McpRegistry, { strict: false })
      .tool('one')
      .handle(() => 1);
    await own.until(() => own.messages[0]);
    expect(own.raw).not.toMatch(/^id: ./m);
    expect(await session.refusedGet({ 'last-event-id': 'post-0_1' })).toMatchObject({
      status: 400,
    });
  });
});

describe('a resumed stream whose events are gone', () => {
  const { start } = nodes(() => new InMemoryBackplaneHub({ log: { eventsPerStream: 20 } }));

  afterEach(() => {
    jest.useRealTimers();
  });

  it('is refused as a whole: trimmed events are never skipped', async () => {
    const a = await start();
    const session = await HttpSession.open(a.url);
    const whole = await session.stream(counting('c', 100));
    await whole.end();
    for (const [index, lastEventId] of idsOf(whole).entries()) {
      if (index < 82) {
        const refused = await session.refusedGet({ 'last-event-id': lastEventId });
        expect(refused).toMatchObject({ status: 400 });
        expect(refused.headers['content-type']).toMatch(/^application\/json/);
        continue;
      }
      const rest = await session.get({ 'last-event-id': lastEventId });
      await rest.end();
      expect(toldBy(rest)).toEqual([...upTo(100), 'c'].slice(index));
    }
  });

  it('is refused five minutes after its end', async () => {
    jest.useFakeTimers({ doNotFake: [...EVERYTHING_BUT_THE_CLOCK] });
    const a = await start();
    const session = await HttpSession.open(a.url);
    const whole = await session.stream(counting('c', 3));
    await whole.end();
    const [lastEventId = ''] = idsOf(whole);
    const early = await session.get({ 'last-event-id': lastEventId });
    await early.end();
    jest.advanceTimersByTime(5 * 60_000);
    expect(await session.refusedGet({ 'last-event-id': lastEventId })).toMatchObject({
      status: 400,
    });
  });

  it('is refused after the session has ended', async () => {
    const a = await start();
    const session = await HttpSession.open(a.url);
    const whole = await session.stream(counting('c', 3));
    await whole.end();
    await session.delete();
    expect(await session.refusedGet({ 'last-event-id': idsOf(whole)[0] ?? '' })).toMatchObject({
      status: 404,
    });
  });
});
