import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';

type Callee = DiscoveredMethod['callee'];

interface Decorated {
  readonly callee: Callee;
  /** What was given as a decorator and is none: a guard by itself, a factory of decorators that was not called. */
  readonly misused: readonly unknown[];
}

/** A function that carries what decorators write on a method, as if they stood above it in this order. */
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

/** Undefined where what it gives back is no method: then it was none of a method's decorators. */
function appliedTo(
  target: object,
  descriptor: Described,
  decorate: MethodDecorator,
): Described | undefined {
  const given: Partial<Described> | null | void = decorate(target, 'handle', descriptor);
  const after = given === undefined ? descriptor : given;
  return typeof after?.value === 'function' ? (after as Described) : undefined;
}

/** A class cannot be called, and a guard that is given without `UseGuards()` is mostly one. */
function isCallable(decorator: unknown): boolean {
  return (
    typeof decorator === 'function' &&
    Object.getOwnPropertyDescriptor(decorator, 'prototype')?.writable !== false
  );
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
