import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';

type Callee = DiscoveredMethod['callee'];

interface Decorated {
  readonly callee: Callee;
  /**
   * Values that were passed as decorators but are not: a guard without `UseGuards()`, or a factory of decorators that
   * was not called.
   */
  readonly misused: readonly unknown[];
}

/**
 * Returns a function with the metadata that the decorators would write on a method, in this order from top to bottom.
 */
export function decoratedFunction(
  callee: Callee,
  decorators: readonly MethodDecorator[],
): Decorated {
  const target = Object.create(class {}.prototype) as object;
  let descriptor: Described = { value: callee, writable: true, configurable: true };
  const misused: unknown[] = [];
  for (const decorate of decorators.toReversed()) {
    const before = descriptor.value;
    const after = isCallable(decorate) ? appliedTo(target, descriptor, decorate) : undefined;
    if (after === undefined) misused.unshift(decorate);
    else descriptor = after;
    keepMetadata(before, descriptor.value);
  }
  return { callee: descriptor.value, misused };
}

type Described = TypedPropertyDescriptor<Callee> & { value: Callee };

/** Undefined if the decorator returns something other than a method: then it is not a method decorator. */
function appliedTo(
  target: object,
  descriptor: Described,
  decorate: MethodDecorator,
): Described | undefined {
  const given: Partial<Described> | null | void = decorate(target, 'handle', descriptor);
  const after = given === undefined ? descriptor : given;
  return typeof after?.value === 'function' ? (after as Described) : undefined;
}

/** A class cannot be called. A guard that is passed without `UseGuards()` is usually a class. */
function isCallable(decorator: unknown): boolean {
  return (
    typeof decorator === 'function' &&
    Object.getOwnPropertyDescriptor(decorator, 'prototype')?.writable !== false
  );
}

/** A decorator that wraps the function must not lose the guards that other decorators wrote on it. */
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
