import type { Type } from '@nestjs/common';
import type { JsonSchema } from '../../interfaces/json.js';
import { classModel } from './class-model.js';
import { ARGUMENTS } from './publishing.js';

/**
 * JSON Schema 2020-12 of what a class with class-validator rules accepts, as an object schema at the root.
 * @throws SchemaError when a class has no rules, or a nested class is not known.
 */
export function classSchema(
  root: Type,
  groups: readonly string[] = [],
  publishing = ARGUMENTS,
): JsonSchema {
  return classModel(root, groups, publishing).schema;
}
