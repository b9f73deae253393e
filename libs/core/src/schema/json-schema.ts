import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from '../interfaces/json.js';

/**
 * Both schemas at once, in one flat object where that says the same; a keyword that both have with
 * different values goes into `allOf`, so that neither is lost.
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

/** Keywords that go on refusing null, whatever types are accepted beside them. */
const NULL_PROOF = ['$ref', 'allOf', 'anyOf', 'const'];

/** The schema, with null accepted beside what it accepts. */
export function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: choices } = schema;
  if (Object.keys(schema).length === 0) return schema;
  if (NULL_PROOF.some((keyword) => keyword in schema) || (type === undefined && !choices))
    return { anyOf: [schema, { type: 'null' }] };
  return {
    ...schema,
    ...(typeof type === 'string' && { type: [type, 'null'] }),
    ...(Array.isArray(choices) && { enum: [...new Set([...(choices as unknown[]), null])] }),
  };
}

function isNumeric(type: unknown): boolean {
  return type === 'number' || type === 'integer';
}
