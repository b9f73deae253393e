/** In milliseconds: the time limit of a request of the official client. */
const LONGEST = 60_000;

// The real timers, even if the clock is faked later.
const { setTimeout, clearTimeout } = globalThis;

/**
 * Keeps the process alive until the work ends, for 60 s at most. The sockets of a test client do not, and a runner
 * without time limits, as `node:test` is by default, would end the process while a test waits for a response.
 */
export async function held<Result>(work: Promise<Result>): Promise<Result> {
  const timer = setTimeout(() => undefined, LONGEST);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
