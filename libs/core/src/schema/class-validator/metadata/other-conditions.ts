/** A clock and a source of random numbers. */
interface Conditions {
  readonly now: number;
  readonly random: number;
}

/** No part of these two moments is equal: neither the year, nor the weekday, nor the number of milliseconds. */
const OTHERS: readonly Conditions[] = [
  { now: Date.UTC(2001, 1, 3, 4, 5, 6, 7), random: 0 },
  { now: Date.UTC(2038, 10, 22, 15, 16, 17, 188), random: 0.5 },
  { now: Date.UTC(2103, 6, 14, 22, 33, 44, 555), random: 1 - Number.EPSILON },
];

/**
 * Runs a synchronous function once under each of several clocks and sources of random numbers, and returns the
 * results. No other code runs meanwhile. The real ones are back when it returns or throws.
 * @throws TypeError when the application has frozen `Date`, `Math` or `performance`
 */
export function underOtherConditions<Result>(run: () => Result): Result[] {
  return OTHERS.map((conditions) => under(conditions, run));
}

function under<Result>({ now, random }: Conditions, run: () => Result): Result {
  const restore: (() => void)[] = [];
  try {
    restore.push(
      replaced(globalThis, 'Date', dateAt(globalThis.Date, now)),
      replaced(Math, 'random', () => random),
      replaced(performance, 'now', () => now - performance.timeOrigin),
    );
    return run();
  } finally {
    for (const back of restore.toReversed()) back();
  }
}

/** Makes dates of the real class, so that `instanceof` and all methods work as before. */
function dateAt(real: DateConstructor, now: number): DateConstructor {
  return new Proxy(real, {
    construct: (target, given: unknown[], made) =>
      Reflect.construct(target, given.length > 0 ? given : [now], made) as Date,
    apply: () => new real(now).toString(),
    get: (target, name) => (name === 'now' ? () => now : (Reflect.get(target, name) as unknown)),
  });
}

/** Replaces a property, and returns a function that restores it as it was: own or inherited, with its attributes. */
function replaced(holder: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(holder, name);
  Object.defineProperty(holder, name, { configurable: true, writable: true, value });
  return () => {
    if (before === undefined) Reflect.deleteProperty(holder, name);
    else Object.defineProperty(holder, name, before);
  };
}
