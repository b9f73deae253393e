import {
  type Backplane,
  InMemoryBackplane,
  InMemoryBackplaneHub,
  McpRegistry,
} from '@nestmcp/core';
import { changed } from '../support/app/broken-backplanes.js';
import {
  HttpSession,
  initialize,
  postMcp,
  request,
  toolCall,
} from '../support/wire/http-session.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { post, SseWire } from '../support/wire/sse-wire.js';
import { startApp } from '../support/app/test-app.js';

type Fault = () => Promise<never>;
const REJECTS: Fault = async () => {
  throw new Error('ECONNREFUSED 10.0.0.1:6379 password=hunter2');
};
const HANGS: Fault = () => new Promise<never>(() => undefined);
const UNKNOWN = { 'mcp-session-id': 'AAAAAAAAAAAAAAAAAAAAAA' };
/** The deadline of a call that hangs uses the fake clock; sockets use the real one. */
const REAL = [
  'hrtime',
  'nextTick',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'performance',
  'Date',
] as const;

/** A backplane that can be disconnected, and reconnected. */
function breakable(hub: InMemoryBackplaneHub) {
  let fault: Fault | undefined;
  const orFault = <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) => {
    return (...args: Args): Promise<Result> => (fault ? fault() : act(...args));
  };
  const backplane: Backplane = changed(new InMemoryBackplane(hub), (real) => ({
    sessions: {
      put: orFault((...given) => real.sessions.put(...given)),
      get: orFault((...given) => real.sessions.get(...given)),
      touch: orFault((...given) => real.sessions.touch(...given)),
      remove: orFault((...given) => real.sessions.remove(...given)),
    },
    log: {
      append: orFault((...given) => real.log.append(...given)),
      read: orFault((...given) => real.log.read(...given)),
      remove: orFault((...given) => real.log.remove(...given)),
    },
    isAlive: orFault((node) => real.isAlive(node)),
    send: orFault((...sent) => real.send(...sent)),
    broadcast: orFault((event) => real.broadcast(event)),
    stop: orFault(() => real.stop()),
  }));
  return { backplane, breakWith: (next: Fault | undefined) => void (fault = next) };
}

describe.each([
  ['rejects', REJECTS],
  ['hangs', HANGS],
])('a backplane that %s', (_, fault) => {
  const warn = jest.fn();
  const log = jest.fn();
  const logger = { log, error: () => undefined, warn };
  const hub = new InMemoryBackplaneHub();
  const recoveries = () =>
    log.mock.calls.filter(([line]) => String(line).startsWith('MCP131')).length;
  const failures = () => warn.mock.calls.filter(([line]) => String(line).startsWith('MCP130'));

  /** Advances two seconds whenever something waits for them. */
  const inTime = async <Result>(act: Promise<Result>): Promise<Result> => {
    const state = { isOver: false };
    const over = act.finally(() => (state.isOver = true));
    over.catch(() => undefined);
    while (!state.isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      if (fault === HANGS) jest.advanceTimersByTime(2_000);
    }
    return over;
  };

  /** Resolves when it responds again. It recovers by itself after a call has timed out. */
  const recovered = async (): Promise<void> => {
    if (fault === REJECTS) return;
    await inTime(
      (async () => {
        while (recoveries() === 0) await new Promise((resolve) => setImmediate(resolve));
      })(),
    );
  };

  beforeEach(() => {
    log.mockClear();
    warn.mockClear();
    if (fault === HANGS) jest.useFakeTimers({ doNotFake: [...REAL] });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('hides unknown sessions for a while, but no known session', async () => {
    const { backplane, breakWith } = breakable(hub);
    const { app, url } = await startApp({ providers: [ProbeTools], logger, mcp: { backplane } });
    const session = await HttpSession.open(url);
    const wire = await SseWire.open(new URL('/sse', url));
    await wire.initialize();
    breakWith(fault);
    const refused = await inTime(postMcp(url, request(5, 'ping'), UNKNOWN));
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(JSON.parse(refused.body)).toEqual({
      jsonrpc: '2.0',
      id: 5,
      error: { code: -32603, message: 'Other nodes cannot be reached' },
    });
    const messages = new URL('/messages?sessionId=AAAAAAAAAAAAAAAAAAAAAA', url);
    expect(await inTime(post(messages, request(6, 'ping')))).toMatchObject({ status: 503 });
    expect(await inTime(session.refusedGet({ 'last-event-id': 'own-0_1' }))).toMatchObject({
      status: 503,
    });
    expect(await session.call(1, 'ping')).toMatchObject({ result: {} });
    expect(await session.post(toolCall(2, 'echo', { input: 'x' }))).toMatchObject({ status: 200 });
    expect(await wire.call(3, 'ping')).toMatchObject({ result: {} });
    const stream = await inTime(
      session.stream(toolCall(4, 'count', { to: 3 }, { progressToken: 'p' })),
    );
    await inTime(stream.end());
    expect(stream.messages).toHaveLength(4);
    expect(stream.raw).not.toMatch(/^id:/m);
    const own = await inTime(session.get());
    expect(own.status).toBe(200);
    app
      .get(McpRegistry, { strict: false })
      .tool('one')
      .handle(() => 1);
    await own.until(() => own.messages[0]);
    await wire.until(() => wire.messages.find(({ method }) => method !== undefined));
    expect(await inTime(postMcp(url, initialize()))).toMatchObject({ status: 200 });
    expect(failures()).toHaveLength(1);
    expect(String(failures()[0])).not.toMatch(/hunter2|10\.0\.0\.1/);
    breakWith(undefined);
    await recovered();
    expect(await postMcp(url, request(1, 'ping'), UNKNOWN)).toMatchObject({ status: 404 });
    breakWith(fault);
    await inTime(postMcp(url, request(1, 'ping'), UNKNOWN));
    expect(failures()).toHaveLength(2);
    expect(recoveries()).toBe(1);
    own.close();
    wire.close();
    await inTime(app.close());
  });

  it('delays no local work after the first call', async () => {
    const { backplane, breakWith } = breakable(hub);
    const { app, url } = await startApp({ providers: [ProbeTools], logger, mcp: { backplane } });
    const session = await HttpSession.open(url);
    breakWith(fault);
    await inTime(postMcp(url, request(5, 'ping'), UNKNOWN));
    // From here on, no time passes.
    const fresh = await HttpSession.open(url);
    const wire = await SseWire.open(new URL('/sse', url));
    expect(await wire.initialize()).toMatchObject({ result: {} });
    const stream = await session.stream(toolCall(4, 'count', { to: 3 }, { progressToken: 'p' }));
    await stream.end();
    expect(stream.messages).toHaveLength(4);
    const own = await session.get();
    expect(own.status).toBe(200);
    expect(await fresh.delete()).toMatchObject({ status: 204 });
    expect(await postMcp(url, request(6, 'ping'), UNKNOWN)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
    });
    own.close();
    wire.close();
    await inTime(app.close());
  });
});

describe('a node that stops without notice', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('loses its streams: a node that knew them answers so within a second', async () => {
    jest.useFakeTimers({
      doNotFake: [
        ...REAL.filter((name) => name !== 'performance'),
        'setTimeout',
        'clearTimeout',
        'setInterval',
        'clearInterval',
      ],
    });
    const hub = new InMemoryBackplaneHub();
    const [planeA, planeB] = [new InMemoryBackplane(hub), new InMemoryBackplane(hub)];
    const a = await startApp({ providers: [ProbeTools], mcp: { backplane: planeA } });
    const b = await startApp({ providers: [ProbeTools], mcp: { backplane: planeB } });
    const wire = await SseWire.open(new URL('/sse', a.url));
    const { pathname, search } = await wire.endpoint();
    const send = (message: object) => post(new URL(`${pathname}${search}`, b.url), message);
    await send({ ...initialize(), id: 1 });
    await wire.answer(1);
    await send(toolCall(2, 'wait'));
    const tools = b.app.get(ProbeTools);
    await tools.running(1);
    hub.leave(planeA.nodeId);
    jest.advanceTimersByTime(1_000);
    expect(await send(toolCall(3, 'wait'))).toMatchObject({ status: 404 });
    expect(tools.waiting).toHaveLength(1);
    expect(tools.waiting[0]?.aborted).toBe(true);
    expect(sessionsOf(b.app).size).toBe(0);
    wire.close();
    await Promise.all([a.app.close(), b.app.close()]);
  });

  it('stops calls for its clients when their responses cannot be delivered', async () => {
    const hub = new InMemoryBackplaneHub();
    const [planeA, planeB] = [new InMemoryBackplane(hub), new InMemoryBackplane(hub)];
    const a = await startApp({ providers: [ProbeTools], mcp: { backplane: planeA } });
    const b = await startApp({ providers: [ProbeTools], mcp: { backplane: planeB } });
    const wire = await SseWire.open(new URL('/sse', a.url));
    const { pathname, search } = await wire.endpoint();
    const send = (message: object) => post(new URL(`${pathname}${search}`, b.url), message);
    await send({ ...initialize(), id: 1 });
    await wire.answer(1);
    await send(toolCall(2, 'wait'));
    const tools = b.app.get(ProbeTools);
    await tools.running(1);
    hub.leave(planeA.nodeId);
    expect(await send(toolCall(3, 'echo', { input: 'x' }))).toMatchObject({ status: 202 });
    await sessionsOf(b.app).untilEmpty();
    expect(tools.waiting[0]?.aborted).toBe(true);
    wire.close();
    await Promise.all([a.app.close(), b.app.close()]);
  });
});
