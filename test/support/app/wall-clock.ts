/**
 * Shifts `Date` by this many milliseconds until the returned function is called. Timers and `performance` are
 * unchanged.
 */
export function jumpWallClock(milliseconds: number): () => void {
  const real = Object.getOwnPropertyDescriptor(globalThis, 'Date') ?? {};
  const before = Date;
  const now = (): number => before.now() + milliseconds;
  const value = new Proxy(before, {
    construct: (target, args) => new target(...((args.length === 0 ? [now()] : args) as [number])),
    get: (target, key, receiver): unknown =>
      key === 'now' ? now : Reflect.get(target, key, receiver),
  });
  Object.defineProperty(globalThis, 'Date', { ...real, value });
  return () => void Object.defineProperty(globalThis, 'Date', real);
}
