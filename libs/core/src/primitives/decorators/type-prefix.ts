import 'reflect-metadata';
import type { PrimitiveKind } from '../../interfaces/primitive-kind.interface.js';

const keyOf = ({ typeKey }: PrimitiveKind): string => `${typeKey}:prefix`;

/** Keeps the prefix of a marked class; undefined hides the one of a base class. */
export function setPrefix(kind: PrimitiveKind, type: object, prefix: string | undefined): void {
  Reflect.defineMetadata(keyOf(kind), prefix, type);
}

/** The prefix of the names of a class, its own or that of the nearest marked base class, if it is valid. */
export function prefixOf(kind: PrimitiveKind, type: object): string | undefined {
  const prefix = givenPrefix(kind, type);
  return isPrefix(prefix) ? prefix : undefined;
}

/** The prefix as it was passed to the decorator of a class. */
export function givenPrefix(kind: PrimitiveKind, type: object): unknown {
  return Reflect.getMetadata(keyOf(kind), type);
}

/** A name has the same characters, and at most 128 of them; the empty prefix is none. */
export function isPrefix(prefix: unknown): prefix is string {
  return typeof prefix === 'string' && /^[A-Za-z0-9_.-]{0,127}$/.test(prefix);
}
