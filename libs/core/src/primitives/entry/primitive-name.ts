import type { Type } from '@nestjs/common';
import type { PrimitiveKind } from '../../interfaces/primitive-kind.interface.js';
import { prefixOf } from '../decorators/type-prefix.js';
import { derivedName } from './derived-name.js';

const NAME = /^[A-Za-z0-9_.-]{1,128}$/;

/** Whether every client accepts the name (2025-11-25 tools, Tool Names). */
export function isPrimitiveName(name: unknown): name is string {
  return typeof name === 'string' && NAME.test(name);
}

/**
 * The name of a decorated method: the prefix of its class, and the name in its decorator, or else one that is
 * derived from the method.
 */
export function primitiveName(
  kind: PrimitiveKind,
  hostClass: Type,
  methodName: string,
  given: string | undefined,
): string {
  const prefix = prefixOf(kind, hostClass);
  const name = given ?? derivedName(methodName);
  return prefix === undefined ? name : `${prefix}${name}`;
}
