import type { Type } from '@nestjs/common';
import type { JsonSchema } from '../../interfaces/json.js';
import { classModel } from './class-model.js';
import { ARGUMENTS } from './publishing.js';

/**
 * Returns the JSON Schema (2020-12) of a class with class-validator rules, with `type: 'object'` at its root.
 * @throws SchemaError when a class has no rules, a nested class is unknown, or no value could satisfy the rules
 */
export function classSchema(
  root: Type,
  groups: readonly string[] = [],
  publishing = ARGUMENTS,
): JsonSchema {
  return classModel(root, groups, publishing).schema;
}
