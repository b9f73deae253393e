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
  for (const key of Reflect.getOwnMetadataKeys(before) as unknown[])
    if (!Reflect.hasOwnMetadata(key, after))
      Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, before), after);
}
