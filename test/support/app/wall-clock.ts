/** Has `Date` be off by that many milliseconds until the function given back is called; timers and `performance` go on. */
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
