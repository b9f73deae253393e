/** The part of the test runner's `expect` that the contract uses. */
interface Matchers<Result> {
  toBe(expected: unknown): Result;
  toEqual(expected: unknown): Result;
  toMatch(expected: RegExp): Result;
  toBeInstanceOf(expected: abstract new (...args: never[]) => unknown): Result;
}

interface Expectation extends Matchers<void> {
  readonly rejects: Matchers<Promise<void>>;
}

/** Returns the `expect` of the runner, Jest or Vitest, looked up at each use. */
export function expect(value: unknown): Expectation {
  return (runner('expect') as (value: unknown) => Expectation)(value);
}

export function describe(title: string, body: () => void): void {
  (runner('describe') as (title: string, body: () => void) => void)(title, body);
}

export function it(title: string, body: () => Promise<void>): void {
  (runner('it') as (title: string, body: () => Promise<void>) => void)(title, body);
}

function runner(name: string): unknown {
  const found: unknown = Reflect.get(globalThis, name);
  if (typeof found === 'function') return found;
  throw new TypeError(
    `describeBackplane() needs the global ${name}() of Jest, or of Vitest (globals: true)`,
  );
}
