import type { Backplane } from '../interfaces/backplane/backplane.interface.js';
import { BackplaneUnavailableError } from './backplane-unavailable.error.js';
import { type BackplaneDeadlines, DeadlinedBackplane } from './deadlined-backplane.js';
import type { Envelope } from '../interfaces/backplane/envelope.interface.js';
import type { EventLog } from '../interfaces/backplane/event-log.interface.js';
import { EventsExpiredError } from './events-expired.error.js';
import { InMemoryBackplane } from './in-memory/in-memory-backplane.js';

const HANDLERS = { onEnvelope: jest.fn(), onBus: jest.fn(), onGap: jest.fn() };
const KEY = { session: 's', stream: 'x' };
const ENVELOPE: Envelope = {
  v: 1,
  id: '1',
  kind: 'deliver',
  sid: 's',
  ph: 'p',
  server: 'orders',
  data: '{}',
};
const RECORD = {
  id: 's',
  server: 'orders',
  transport: 'sse',
  holder: 'n',
  principal: 'p',
  protocolVersion: undefined,
  clientInfo: undefined,
  clientCapabilities: {},
  pathParameters: '',
  announcedLists: [],
} as const;

const forever = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });

const CALLS: Record<string, (backplane: Backplane) => Promise<unknown> | undefined> = {
  stop: (backplane) => backplane.stop(),
  isAlive: (backplane) => backplane.isAlive('n'),
  send: (backplane) => backplane.send('n', ENVELOPE, forever()),
  broadcast: (backplane) => backplane.broadcast({ kind: 'close', sid: 's' }),
  'sessions.put': ({ sessions }) => sessions.put(RECORD, 1_000),
  'sessions.get': ({ sessions }) => sessions.get('s'),
  'sessions.touch': ({ sessions }) => sessions.touch('s', 1_000),
  'sessions.remove': ({ sessions }) => sessions.remove('s'),
  'log.append': ({ log }) => log?.append(KEY, '', { final: false }),
  'log.read': ({ log }) => log?.read(KEY, '1', forever().signal),
  'log.remove': ({ log }) => log?.remove('s'),
};

/** An adapter whose calls all have the same outcome. */
function adapterThat(act: () => Promise<never>): Backplane {
  return {
    nodeId: 'n',
    sessions: { put: act, get: act, touch: act, remove: act },
    log: { append: act, read: act, remove: act },
    start: act,
    stop: act,
    health: () => ({ state: 'up', lagMs: 0, skipped: 0 }),
    isAlive: act,
    send: act,
    broadcast: act,
  };
}

const frozen = (): Backplane => adapterThat(() => new Promise<never>(() => undefined));

const failLate = (): Promise<never> =>
  new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 3_000));

function outcomeOf(call: Promise<unknown> | undefined) {
  const outcome: { error?: unknown; value?: unknown } = {};
  call?.then(
    (value) => Object.assign(outcome, { value }),
    (error: unknown) => Object.assign(outcome, { error }),
  );
  return outcome;
}

/** An adapter that can be frozen, and counts its calls. */
function engine() {
  const real = new InMemoryBackplane();
  const state = { isFrozen: false, asked: 0 };
  const asked = async (): Promise<boolean> => {
    state.asked++;
    return state.isFrozen ? new Promise<never>(() => undefined) : true;
  };
  const adapter: Backplane = {
    ...adapterThat(() => new Promise<never>(() => undefined)),
    nodeId: real.nodeId,
    isAlive: asked,
    stop: async () => undefined,
    sessions: { ...real.sessions, touch: asked },
  };
  return { adapter, state };
}

const made: DeadlinedBackplane[] = [];

function deadlined(adapter: Backplane, options: BackplaneDeadlines = {}): DeadlinedBackplane {
  const backplane = new DeadlinedBackplane(adapter, options);
  made.push(backplane);
  return backplane;
}

describe('a backplane with deadlines', () => {
  beforeEach(() => jest.useFakeTimers());

  afterEach(async () => {
    for (const backplane of made.splice(0)) outcomeOf(backplane.stop());
    await jest.advanceTimersByTimeAsync(6_000);
    const left = jest.getTimerCount();
    jest.useRealTimers();
    if (left > 0) throw new Error('A timer is left when the backplane has stopped');
  });

  it.each(Object.entries(CALLS))('rejects %s by name after two seconds', async (name, call) => {
    const outcome = outcomeOf(call(deadlined(frozen())));
    await jest.advanceTimersByTimeAsync(1_999);
    expect(outcome).toEqual({});
    await jest.advanceTimersByTimeAsync(1);
    expect(outcome.error).toBeInstanceOf(BackplaneUnavailableError);
    expect(String(outcome.error)).toContain(`${name} within 2000 ms`);
  });

  it('rejects the start after ten seconds', async () => {
    const outcome = outcomeOf(deadlined(frozen()).start(HANDLERS));
    await jest.advanceTimersByTimeAsync(9_999);
    expect(outcome).toEqual({});
    await jest.advanceTimersByTimeAsync(1);
    expect(outcome.error).toBeInstanceOf(BackplaneUnavailableError);
  });

  it('accepts other deadlines', async () => {
    const backplane = deadlined(frozen(), { callMs: 50, startMs: 70 });
    const call = outcomeOf(backplane.isAlive('n'));
    const start = outcomeOf(backplane.start(HANDLERS));
    await jest.advanceTimersByTimeAsync(50);
    expect([call.error, start.error]).toEqual([expect.any(BackplaneUnavailableError), undefined]);
    await jest.advanceTimersByTimeAsync(20);
    expect(start.error).toBeInstanceOf(BackplaneUnavailableError);
  });

  it.each(Object.entries(CALLS))(
    'hides the error that the adapter throws at %s',
    async (name, call) => {
      const cause = new Error('ECONNREFUSED redis://:password@host');
      const adapters = [
        adapterThat(() => Promise.reject(cause)),
        adapterThat(() => {
          throw cause;
        }),
      ];
      for (const adapter of adapters) {
        const outcome = outcomeOf(call(deadlined(adapter)));
        await jest.advanceTimersByTimeAsync(0);
        expect(outcome.error).toBeInstanceOf(BackplaneUnavailableError);
        expect(outcome.error).toMatchObject({ message: `The backplane failed at ${name}`, cause });
      }
      expect(jest.getTimerCount()).toBe(0);
    },
  );

  it.each([new BackplaneUnavailableError('down'), new EventsExpiredError()])(
    'passes on the errors of the port: %s',
    async (error) => {
      const backplane = deadlined(adapterThat(() => Promise.reject(error)));
      await expect(backplane.isAlive('n')).rejects.toBe(error);
    },
  );

  it('lets a signal abort a send, with its reason, and notifies the adapter', async () => {
    const adapter = frozen();
    const send = jest.spyOn(adapter, 'send');
    const leaving = new AbortController();
    const reason = new Error('left');
    const outcome = outcomeOf(deadlined(adapter).send('n', ENVELOPE, leaving));
    await jest.advanceTimersByTimeAsync(0);
    leaving.abort(reason);
    await jest.advanceTimersByTimeAsync(0);
    expect(outcome.error).toBe(reason);
    expect(send.mock.lastCall?.[2].signal.reason).toBe(reason);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('notifies the adapter at the deadline of a send', async () => {
    const adapter = frozen();
    const send = jest.spyOn(adapter, 'send');
    outcomeOf(deadlined(adapter).send('n', ENVELOPE, forever()));
    await jest.advanceTimersByTimeAsync(2_000);
    expect(send.mock.lastCall?.[2].signal.aborted).toBe(true);
  });

  it('does not call the adapter when the signal has fired before', async () => {
    const adapter = frozen();
    const send = jest.spyOn(adapter, 'send');
    const signal = AbortSignal.abort(new Error('left'));
    const sending = deadlined(adapter).send('n', ENVELOPE, { signal });
    await expect(sending).rejects.toBe(signal.reason);
    expect(send).not.toHaveBeenCalled();
  });

  // Jest fails a test that leaves a rejection unhandled.
  it('does not turn a late rejection of the adapter into an unhandled one', async () => {
    const outcome = outcomeOf(deadlined(adapterThat(failLate)).isAlive('n'));
    await jest.advanceTimersByTimeAsync(3_000);
    // Node reports a rejection between two turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    expect(outcome.error).toBeInstanceOf(BackplaneUnavailableError);
  });

  describe('that freezes', () => {
    it('makes calls wait once, all together, and none afterwards', async () => {
      const { adapter, state } = engine();
      const backplane = deadlined(adapter);
      state.isFrozen = true;
      const first = outcomeOf(backplane.isAlive('n'));
      await jest.advanceTimersByTimeAsync(1_500);
      const others = Array.from({ length: 20 }, () =>
        outcomeOf(backplane.sessions.touch('s', 1_000)),
      );
      await jest.advanceTimersByTimeAsync(500);
      const after = outcomeOf(backplane.sessions.touch('s', 1_000));
      await jest.advanceTimersByTimeAsync(0);
      for (const { error } of [first, ...others, after])
        expect(error).toBeInstanceOf(BackplaneUnavailableError);
      expect(String(after.error)).toContain('was not asked for sessions.touch');
      expect(state.asked).toBe(21);
    });

    it('probes the adapter every second, and logs its recovery once', async () => {
      const { adapter, state } = engine();
      const onRecovery = jest.fn();
      const backplane = deadlined(adapter, { onRecovery });
      state.isFrozen = true;
      outcomeOf(backplane.sessions.touch('s', 1_000));
      await jest.advanceTimersByTimeAsync(2_000 + 1_000 + 2_000 + 500);
      expect(state.asked).toBe(2);
      const during = outcomeOf(backplane.sessions.touch('s', 1_000));
      await jest.advanceTimersByTimeAsync(0);
      expect(during.error).toBeInstanceOf(BackplaneUnavailableError);
      state.isFrozen = false;
      expect(onRecovery).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(500);
      expect(onRecovery).toHaveBeenCalledTimes(1);
      await expect(backplane.sessions.touch('s', 1_000)).resolves.toBe(true);
      await jest.advanceTimersByTimeAsync(60_000);
      expect(state.asked).toBe(4);
    });

    it('calls the adapter again at once when it rejects, since no call waits for that', async () => {
      const reject = jest.fn(() => Promise.reject(new Error('down')));
      const backplane = deadlined(adapterThat(reject));
      for (let calls = 0; calls < 3; calls++)
        await expect(backplane.isAlive('n')).rejects.toThrow('The backplane failed at isAlive');
      expect(reject).toHaveBeenCalledTimes(3);
    });
  });

  it('has no event log when the adapter has none', () => {
    const { log: _, ...rest } = adapterThat(() => Promise.reject(new Error('unused')));
    expect(deadlined(rest).log).toBeUndefined();
  });

  it('passes on events without a deadline, and limits only the search for the cursor', async () => {
    const backplane = deadlined(new InMemoryBackplane());
    await backplane.start(HANDLERS);
    const log = backplane.log as EventLog;
    const start = await log.append(KEY, '', { final: false });
    const iterator = (await log.read(KEY, start, forever().signal))[Symbol.asyncIterator]();
    const next = outcomeOf(iterator.next());
    await jest.advanceTimersByTimeAsync(60_000);
    expect(next).toEqual({});
    const id = await log.append(KEY, 'late', { final: true });
    await jest.advanceTimersByTimeAsync(0);
    expect(next.value).toEqual({ done: false, value: { id, data: 'late', final: true } });
    await backplane.stop();
  });

  it('hides the error that the adapter throws while its events are read', async () => {
    const cause = new Error('ECONNRESET');
    const adapter = frozen();
    const log = {
      ...(adapter.log as EventLog),
      read: async () => ({
        [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(cause) }),
      }),
    };
    const events = await deadlined({ ...adapter, log }).log?.read(KEY, '1', forever().signal);
    const reading = events?.[Symbol.asyncIterator]().next();
    await expect(reading).rejects.toMatchObject({ name: 'BackplaneUnavailableError', cause });
  });
});
