import type { Type } from '@nestjs/common';
import type { PrimitiveKind } from '../interfaces/primitive-kind.interface.js';
import {
  MISPLACED_DECORATOR,
  NOT_OVERRIDDEN,
  REPLACED_METHOD,
} from '../messages/unserved.messages.js';
import { type DecoratedMember, lineage, membersOf } from './decorated-members.js';

/** What the boot report says about decorators without effect, and what only the log says. */
export interface Unserved {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** The members of a class that have the decorator of a primitive, and are not served. */
export function unservedMembers(kind: PrimitiveKind, type: Type): Unserved {
  const problems: string[] = [];
  const warnings: string[] = [];
  for (const member of membersOf(kind, type)) {
    const { owner, name, place } = member;
    if (place !== 'method') problems.push(MISPLACED_DECORATOR(kind, owner.name, name, place));
    else if (!isServed(kind, type, name)) {
      const heir = overriding(type, member);
      if (heir === undefined) problems.push(REPLACED_METHOD(kind, owner.name, name));
      else warnings.push(NOT_OVERRIDDEN(kind, heir.name, name, owner.name));
    }
  }
  return { problems, warnings };
}

/** Another decorator, above, may have put a function without metadata into the place of the method. */
function isServed({ methodKey }: PrimitiveKind, type: Type, name: string): boolean {
  const method: unknown = (type.prototype as Record<string, unknown>)[name];
  return typeof method === 'function' && Reflect.hasMetadata(methodKey, method);
}

/** The class between this one and the owner of a member that declares the member again. */
function overriding(type: Type, { owner, name }: DecoratedMember): Type | undefined {
  const nearest = lineage(type).find((one) => Object.hasOwn(one.prototype as object, name));
  return nearest === owner ? undefined : nearest;
}

/** Whether a class is marked itself, but no member of it or of a base class has the decorator of a primitive. */
export function isBare(kind: PrimitiveKind, type: Type): boolean {
  return Reflect.hasOwnMetadata(kind.typeKey, type) && membersOf(kind, type).length === 0;
}
