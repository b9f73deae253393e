import type { Type } from '@nestjs/common';
import type { JsonSchema } from '../../interfaces/json.js';
import type { Check } from '../findings/check.js';
import { ClassWalk } from './class-walk.js';
import { instanceOf } from './instance-of.js';
import type { Publishing } from './publishing.js';
import type { Unruled } from './rules/rule-run.js';
import { publishedName } from './metadata/transformer-metadata.js';

/** What is published of a class, and what looks at the arguments before they become an instance of it. */
export interface ClassModel {
  readonly schema: JsonSchema;
  readonly check: Check;
  /** class-transformer takes the discriminators of unions out of what it is given. */
  readonly hasUnions: boolean;
  readonly unruled: Unruled;
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
    unruled: {
      nameOf: (holder, property) =>
        walk.definitions.isDiscriminator(holder as Type, property)
          ? undefined
          : publishedName(holder as Type, property, groups),
      initialOf: (holder) => instanceOf(holder as Type, {}, groups) as Record<string, unknown>,
    },
  };
}
