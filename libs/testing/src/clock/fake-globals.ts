import { promisify } from 'node:util';
import { FakeTimer, type TimerQueue } from './fake-timer.js';

/** Key by which @nestmcp/core, whose deadlines share one timer, has `untilSet()` know of each of them. */
const WATCH_DEADLINES = Symbol.for('nestmcp.watchDeadlines');

type Callback = (...args: unknown[]) => void;

/** Node's timers fire at once when told to wait longer than this, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** What stands in for the globals that know of time. Whatever else they do is what the real ones do. */
export function fakeGlobals(queue: TimerQueue): Record<string, unknown> {
  const set =
    (repeats: boolean) =>
    (run: Callback, delay?: number, ...args: unknown[]) =>
      new FakeTimer(queue, () => run(...args), heeded(delay), repeats);
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
          new FakeTimer(queue, run, heeded(delay), false, true),
      }),
    }),
    setInterval: set(true),
    clearTimeout: clear(clearTimeout),
    clearInterval: clear(clearInterval),
    Date: fakeDate(queue),
    performance: fakePerformance(queue),
  };
}

/** Timers that were set before the clock was a fake one are cleared as ever. */
function clear(real: (timer?: NodeJS.Timeout) => void): (timer?: unknown) => void {
  return (timer) => {
    if (timer instanceof FakeTimer) timer.close();
    else real(timer as NodeJS.Timeout | undefined);
  };
}

function heeded(delay: number = 1): number {
  return delay >= 1 && delay <= LONGEST ? Math.trunc(delay) : 1;
}

/** `instanceof` and everything static are the real ones'. */
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
