import type { Type } from '@nestjs/common';
import type { PrimitiveKind } from '../interfaces/primitive-kind.interface.js';
import { lineage } from './decorated-members.js';

/**
 * The marked classes of this process. A decorator runs when its file is imported, before any application exists, and
 * nothing else knows a class that no module provides. It is only read for warnings, and keeps no class alive.
 */
const marked = new Set<WeakRef<object>>();
const known = new WeakSet<object>();
/** The classes that an application of this process has provided. Another one need not provide them. */
const provided = new WeakSet<object>();

/** Remembers a marked class. */
export function rememberType(type: object): void {
  if (known.has(type)) return;
  known.add(type);
  marked.add(new WeakRef(type));
}

/** Remembers that an application has these classes, and with them their base classes. */
export function rememberProvided(types: Iterable<Type>): void {
  for (const type of types) for (const one of lineage(type)) provided.add(one);
}

/** The classes that are marked as this kind, that no application provides, and that no other of them extends. */
export function unprovidedTypes({ typeKey }: PrimitiveKind): Type[] {
  const idle = markedTypes().filter(
    (type) => !provided.has(type) && Reflect.hasOwnMetadata(typeKey, type),
  );
  const bases = new Set(idle.flatMap((type) => lineage(type).slice(1)));
  return idle.filter((type) => !bases.has(type));
}

function markedTypes(): Type[] {
  return [...marked].flatMap((reference) => {
    const type = reference.deref();
    if (type === undefined) marked.delete(reference);
    return type === undefined ? [] : [type as Type];
  });
}
