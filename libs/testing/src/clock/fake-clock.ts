import type { Duration } from '@nestmcp/core';
import { fakeGlobals } from './fake-globals.js';
import { TimerQueue } from './fake-timer.js';

/** A clock that goes when the test says so. */
export interface FakeClock {
  /** Its time, as `Date.now()` tells it. */
  readonly now: number;
  /**
   * Lets time pass: timers fire in order, each at its time, and after each the sockets and promises have a
   * turn of the event loop.
   */
  advance(duration: Duration): Promise<void>;
  /**
   * Resolves once something waits for just so long: that is how a test knows that a call, which has a way
   * to go over a socket, is running, and its time limit with it.
   */
  untilSet(duration: Duration): Promise<void>;
  /** Gives the real clock back. Timers that wait on this one never fire; what `@nestmcp/core` waits for goes on by the real one. */
  restore(): void;
}

// The real one, whatever is faked later.
const { setImmediate } = globalThis;
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
let isFaked = false;

/**
 * Stops the clock, from now until `restore()`: `setTimeout`, `setInterval`, `Date` and `performance.now()` as
 * globals of whatever test runner this is. Sockets, `setImmediate` and `process.nextTick` go on by themselves,
 * and so do functions imported from `node:timers`. Outside Jest, which has globals of its own, the time limits
 * of the built-in `fetch()` are on the fake clock too: a response that is 5 minutes late fails there.
 *
 * Begin before the application is created, whose timers would otherwise be real, and restore when it is closed.
 * @throws Error when the clock is a fake one already.
 *
 * @example
 * const clock = fakeClock();
 * const call = client.callTool(ReportTools, 'render');
 * await clock.untilSet('55s');
 * await clock.advance('55s');
 * await call.expectError(/timed out after 55 s/);
 */
export function fakeClock(): FakeClock {
  if (isFaked) throw new Error('The clock is a fake one already: restore() that one first');
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

/** Gives what puts the real ones back. */
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
