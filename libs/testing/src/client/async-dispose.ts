/**
 * `Symbol.asyncDispose`, which `await using` calls. Node has it, but Jest 29 runs tests with a `Symbol` of its own that
 * lacks it. There, this file adds it, as TypeScript's documentation advises.
 */
export const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? added();

function added(): typeof Symbol.asyncDispose {
  const value = Symbol('Symbol.asyncDispose');
  Object.defineProperty(Symbol, 'asyncDispose', { value });
  return Symbol.asyncDispose;
}
