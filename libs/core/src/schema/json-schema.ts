import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonSchema } from '../interfaces/json.js';

/**
 * A schema that accepts what both schemas accept. The keywords are merged into one flat object if that means
 * the same. If both have a keyword with different values, the second value goes into `allOf`.
 */
export function both(first: JsonSchema, second: JsonSchema): JsonSchema {
  const merged: JsonSchema = { ...first };
  const rest: JsonSchema = {};
  for (const [keyword, value] of Object.entries(second)) {
    if (!(keyword in merged)) merged[keyword] = value;
    else if (isDeepStrictEqual(merged[keyword], value)) continue;
    else if (keyword === 'type' && isNumeric(merged[keyword]) && isNumeric(value))
      merged[keyword] = 'integer';
    else if (keyword === 'items' || keyword === 'additionalProperties')
      merged[keyword] = both(merged[keyword] as JsonSchema, value as JsonSchema);
    else rest[keyword] = value;
  }
  if (Object.keys(rest).length === 0) return merged;
  const allOf = Array.isArray(merged.allOf) ? (merged.allOf as JsonSchema[]) : [];
  return { ...merged, allOf: [...allOf, rest] };
}

/**
 * The schema, extended to accept null. Null is an alternative of `anyOf`, because some model APIs refuse a
 * `type` that is a list.
 */
export function orNull(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  const isChoice = Array.isArray(anyOf) && Object.keys(rest).length === 0;
  const alternatives = isChoice ? (anyOf as JsonSchema[]) : [schema];
  const hasNull = alternatives.some(({ type }) => type === 'null');
  return { anyOf: hasNull ? alternatives : [...alternatives, { type: 'null' }] };
}

const STATED = ['type', '$ref', 'anyOf', 'oneOf', 'allOf', 'enum', 'const'];

/** Whether a schema says which type its values have. */
export function statesType(schema: JsonSchema): boolean {
  return STATED.some((keyword) => keyword in schema);
}

/** The schema, with `anything` where it says no type: at its root, for items and for additional properties. */
export function withoutGaps(schema: JsonSchema, anything: JsonSchema): JsonSchema {
  const stated: JsonSchema = statesType(schema) ? { ...schema } : { ...anything, ...schema };
  for (const keyword of ['items', 'additionalProperties']) {
    const below = schema[keyword];
    if (isJsonObject(below)) stated[keyword] = withoutGaps({ ...below }, anything);
  }
  return stated;
}

function isNumeric(type: unknown): boolean {
  return type === 'number' || type === 'integer';
}
