import type { Type } from '@nestjs/common';
import type { JsonSchema } from '../../interfaces/json.js';
import { HIDDEN_REQUIRED_PROPERTY, UNSATISFIABLE_PROPERTY } from '../../messages/boot.messages.js';
import { unsatisfiable } from './transform-probe.js';
import type { Check } from '../findings/check.js';
import { ClassSchemas } from './class-schemas.js';
import { made } from './metadata/initial-values.js';
import type { Publishing } from './publishing.js';
import type { Unruled } from './rules/rule-run.js';
import { standardOf } from '../standard/standard-class.js';
import { publishedName } from './metadata/transformer-metadata.js';

/** The published schema of a class, and the check of a value before it becomes an instance. */
export interface ClassModel {
  readonly schema: JsonSchema;
  readonly check: Check;
  /** The check of a value against all that is published, also where `@Transform()` may accept more. */
  readonly checkAsPublished: Check;
  /** Whether the class has discriminated unions. class-transformer removes the discriminators from its input. */
  readonly hasUnions: boolean;
  /** Whether classes in it have a Standard Schema, which returns the value that the instance gets. */
  readonly hasStandards: boolean;
  readonly unruled: Unruled;
  /** What a model cannot know, although the class can be published. */
  readonly warnings: readonly string[];
}

/**
 * Walks a class with class-validator rules, and the classes nested in it. Nested classes go to `$defs`; a property
 * of the class itself refers to `#`.
 * @throws SchemaError when a class has no rules, or rules that no value could satisfy
 */
export function classModel(
  root: Type,
  groups: readonly string[],
  publishing: Publishing,
): ClassModel {
  const walk = new ClassSchemas(root, groups, publishing);
  const schema = walk.object(root);
  const $defs = walk.definitions.resolve((type, tag) => walk.object(type, tag));
  const known = { ...$defs, '#': schema };
  return {
    warnings: warningsOf(walk, groups, known),
    schema: Object.keys($defs).length === 0 ? schema : { ...schema, $defs },
    check: walk.checkOf('#'),
    checkAsPublished: walk.publishedCheckOf('#'),
    hasUnions: walk.definitions.hasTags,
    hasStandards: walk.definitions.types.some((type) => standardOf(type) !== undefined),
    unruled: {
      nameOf: (holder, property) =>
        walk.definitions.isDiscriminator(holder as Type, property)
          ? undefined
          : publishedName(holder as Type, property, groups),
      initialOf: (holder) => made(holder as Type, groups),
    },
  };
}

function warningsOf(
  { transformed, unknowable }: ClassSchemas,
  groups: readonly string[],
  known: Readonly<Record<string, JsonSchema>>,
): string[] {
  const unsatisfied = transformed.flatMap((one) => {
    const published = unsatisfiable(one, groups, known);
    return published === undefined
      ? []
      : [UNSATISFIABLE_PROPERTY(`${one.type.name}.${one.property}`, published)];
  });
  return [...unsatisfied, ...unknowable.map(HIDDEN_REQUIRED_PROPERTY)];
}
