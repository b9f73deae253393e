import { promisify } from 'node:util';
import { FakeTimer, type TimerQueue } from './fake-timer.js';

/** The key by which @nestmcp/core reports each of its deadlines, which share one timer, to `untilSet()`. */
const WATCH_DEADLINES = Symbol.for('nestmcp.watchDeadlines');

type Callback = (...args: unknown[]) => void;

/** The longest delay of Node's timers, in milliseconds. A timer with a longer delay fires at once. */
const LONGEST = 2 ** 31 - 1;

/** The replacements of the globals that depend on time. Everything else about them is unchanged. */
export function fakeGlobals(queue: TimerQueue): Record<string, unknown> {
  const set =
    (repeats: boolean) =>
    (run: Callback, delay?: number, ...args: unknown[]) =>
      new FakeTimer(queue, () => run(...args), delayOf(delay), repeats);
  const { clearTimeout, clearInterval } = globalThis;
  const wait = async (delay?: number, value?: unknown): Promise<unknown> => {
    await new Promise<void>((resolve) => set(false)(() => resolve(), delay));
    return value;
  };
  return {
    setTimeout: Object.assign(set(false), {
      [promisify.custom]: wait,
      [WATCH_DEADLINES]: (isWaiting: (milliseconds: number) => boolean) => ({
        begun: queue.join(isWaiting),
        setTimeout: (run: Callback, delay: number) =>
          new FakeTimer(queue, run, delayOf(delay), false, true),
      }),
    }),
    setInterval: set(true),
    clearTimeout: clear(clearTimeout),
    clearInterval: clear(clearInterval),
    Date: fakeDate(queue),
    performance: fakePerformance(queue),
  };
}

/** Real timers, which were set before the clock was faked, are cleared as usual. */
function clear(real: (timer?: NodeJS.Timeout) => void): (timer?: unknown) => void {
  return (timer) => {
    if (timer instanceof FakeTimer) timer.close();
    else real(timer as NodeJS.Timeout | undefined);
  };
}

/** The delay that Node uses: whole milliseconds, and 1 for a delay out of range. */
function delayOf(delay: number = 1): number {
  return delay >= 1 && delay <= LONGEST ? Math.trunc(delay) : 1;
}

/** `instanceof` and static methods, except `now()`, stay real. */
function fakeDate(queue: TimerQueue): DateConstructor {
  return new Proxy(Date, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [queue.now] : args, newTarget) as object,
    apply: () => new Date(queue.now).toString(),
    get: (target, key, receiver) =>
      key === 'now' ? () => queue.now : (Reflect.get(target, key, receiver) as unknown),
  });
}

function fakePerformance(queue: TimerQueue): typeof performance {
  const real = globalThis.performance;
  const start = real.now() - queue.now;
  return new Proxy(real, {
    get(target, key) {
      if (key === 'now') return () => start + queue.now;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
