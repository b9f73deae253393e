import type { Duration } from '@nestmcp/core';
import { fakeGlobals } from './fake-globals.js';
import { TimerQueue } from './fake-timer.js';

/** A clock that the test advances. */
export interface FakeClock {
  /** The time of the clock, the same as `Date.now()`, in milliseconds. */
  readonly now: number;
  /**
   * Advances the clock. Timers fire in order, each at its time. After each timer, sockets and promises get a turn of
   * the event loop.
   */
  advance(duration: Duration): Promise<void>;
  /**
   * Resolves when a timer or a deadline of exactly this duration has begun. A call arrives over a socket, so a test
   * waits for its time limit to know that the call is running.
   */
  untilSet(duration: Duration): Promise<void>;
  /** Restores the real clock. Timers of the fake clock never fire. Deadlines of `@nestmcp/core` continue on the real clock. */
  restore(): void;
}

// The real one, even if the globals are faked later.
const { setImmediate } = globalThis;
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
let isFaked = false;

/**
 * Stops the clock until `restore()`. Fakes the globals `setTimeout`, `setInterval`, `Date` and `performance.now()`, in
 * any test runner. Sockets, `setImmediate`, `process.nextTick` and functions imported from `node:timers` stay real.
 * Jest has globals of its own; in other runners, the time limits of the built-in `fetch()` also use the fake clock, so
 * a response that takes more than 5 minutes of fake time fails.
 *
 * Call it before you create the application, whose timers would otherwise be real. Restore it after you close the
 * application.
 * @throws Error when the clock is faked already
 *
 * @example
 * const clock = fakeClock();
 * const call = client.callTool(ReportTools, 'render');
 * await clock.untilSet('55s');
 * await clock.advance('55s');
 * await call.expectError(/timed out after 55 s/);
 */
export function fakeClock(): FakeClock {
  if (isFaked) throw new Error('The clock is faked already: call restore() of that clock first');
  const queue = new TimerQueue(Date.now());
  const restore = replaceGlobals(fakeGlobals(queue));
  isFaked = true;
  return {
    get now() {
      return queue.now;
    },
    async advance(duration) {
      const until = queue.now + millisecondsOf(duration);
      await turn();
      while (queue.runNext(until)) await turn();
      queue.now = until;
    },
    untilSet: (duration) => queue.untilSet(millisecondsOf(duration)),
    restore() {
      restore();
      isFaked = false;
    },
  };
}

/** Replaces globals. Returns the function that restores the real ones. */
function replaceGlobals(fakes: Readonly<Record<string, unknown>>): () => void {
  const real = Object.keys(fakes).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, value] of Object.entries(fakes))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  return () => {
    for (const [name, descriptor] of real)
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function millisecondsOf(duration: Duration): number {
  if (typeof duration === 'number') return duration;
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(duration) ?? [];
  const milliseconds = Number(amount) * (MILLISECONDS[unit] ?? Number.NaN);
  if (Number.isNaN(milliseconds)) throw new RangeError(`"${duration}" is not a duration`);
  return milliseconds;
}
