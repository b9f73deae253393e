import type { DiscoveredMethod } from '../../../interfaces/mcp-feature.interface.js';

type Callee = DiscoveredMethod['callee'];

/** A function that carries what decorators write on a method, as if they stood above it in this order. */
export function decoratedFunction(callee: Callee, decorators: readonly MethodDecorator[]): Callee {
  const target = Object.create(class {}.prototype) as object;
  let descriptor: TypedPropertyDescriptor<Callee> = {
    value: callee,
    writable: true,
    configurable: true,
  };
  for (const decorate of decorators.toReversed()) {
    const before = descriptor.value ?? callee;
    const given = decorate(target, 'handle', descriptor);
    if (given !== undefined) descriptor = given;
    keepMetadata(before, descriptor.value ?? callee);
  }
  return descriptor.value ?? callee;
}

/** A decorator that wraps the function must not lose the guards that others wrote on it. */
function keepMetadata(before: object, after: object): void {
  if (before === after) return;
  for (const key of Reflect.getOwnMetadataKeys(before) as unknown[]) {
    const kept: unknown = Reflect.getOwnMetadata(key, before);
    const own: unknown = Reflect.getOwnMetadata(key, after);
    const isBoth = Array.isArray(kept) && Array.isArray(own);
    if (isBoth) Reflect.defineMetadata(key, [...new Set<unknown>([...kept, ...own])], after);
    else if (own === undefined) Reflect.defineMetadata(key, kept, after);
  }
}
