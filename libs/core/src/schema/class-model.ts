import { isDeepStrictEqual } from 'node:util';
import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { ValidationError } from 'class-validator';
import type { JsonSchema } from '../interfaces/json.js';
import type { Check } from './check.js';
import { ClassWalk } from './class-walk.js';
import type { NameOf } from './findings.js';
import type { Publishing } from './publishing.js';
import { publishedName } from './transformer-metadata.js';

/** What is published of a class, and what looks at the arguments before they become an instance of it. */
export interface ClassModel {
  readonly schema: JsonSchema;
  readonly check: Check;
  /** class-transformer takes the discriminators of unions out of what it is given. */
  readonly hasUnions: boolean;
  /** The name that callers know a property by; undefined for what they have no part in. */
  readonly nameOf: NameOf;
}

/**
 * Walks a class with class-validator rules, and the classes nested in it. These go to `$defs`; a class that
 * holds itself refers to `#`.
 * @throws SchemaError when a class has no rules, or says something that no call could satisfy.
 */
export function classModel(
  root: Type,
  groups: readonly string[],
  publishing: Publishing,
): ClassModel {
  const walk = new ClassWalk(root, groups, publishing);
  const schema = walk.object(root);
  const $defs = walk.definitions.resolve((type, tag) => walk.object(type, tag));
  return {
    schema: Object.keys($defs).length === 0 ? schema : { ...schema, $defs },
    check: walk.checkOf('#'),
    hasUnions: walk.definitions.hasTags,
    nameOf: (error) => nameOf(error, walk, groups),
  };
}

function nameOf(
  error: ValidationError,
  walk: ClassWalk,
  groups: readonly string[],
): string | undefined {
  const { target, property, constraints } = error;
  const type: unknown = target?.constructor;
  // Members of lists, sets and maps have no other name than their place.
  if (typeof type !== 'function' || target instanceof Map || Symbol.iterator in (target ?? {}))
    return property;
  const isUnruled = constraints?.whitelistValidation !== undefined;
  return isUnruled && isOurOwn(type as Type, error, walk, groups)
    ? undefined
    : publishedName(type as Type, property, groups);
}

/**
 * Tells whether a property without rules comes from the class, not from the caller: a discriminator that
 * is kept, or what the class gives to a property that is left out. Fields of ES2022 are there in any case.
 */
function isOurOwn(
  type: Type,
  { property, value }: ValidationError,
  walk: ClassWalk,
  groups: readonly string[],
): boolean {
  if (value === undefined || walk.definitions.isDiscriminator(type, property)) return true;
  const initial = plainToInstance(type, {}, { groups: [...groups] }) as Record<string, unknown>;
  return isDeepStrictEqual(initial[property], value);
}
