import { isJsonObject, type JsonObject, type JsonSchema } from '../../interfaces/json.js';
import { mapSubschemas } from './subschemas.js';

const PLACE = '#/properties/result';

/** Tells whether everything that a schema accepts is an object, as far as its root says so. */
export function isObjectSchema({ type }: JsonSchema): boolean {
  return type === 'object';
}

/**
 * The schema of `{ result: value }`, for revisions whose structured content is an object (2025-06-18 and
 * 2025-11-25 tools, Output Schema). References follow the schema to its new place.
 */
export function wrapSchema({ $schema, ...schema }: JsonSchema): JsonSchema {
  return {
    ...($schema !== undefined && { $schema }),
    type: 'object',
    properties: { result: moved(schema) },
    required: ['result'],
    additionalProperties: false,
  };
}

export function wrapValue(value: unknown): JsonObject {
  return { result: value };
}

/** An object as it is; any other value wrapped. */
export function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : wrapValue(value);
}

/** A schema with an `$id` is a document of its own: what it refers to stays where it is. */
function moved(schema: JsonSchema): JsonSchema {
  if (schema.$id !== undefined) return schema;
  const changed = mapSubschemas(schema, moved);
  for (const keyword of ['$ref', '$dynamicRef']) {
    const reference = changed[keyword];
    if (typeof reference === 'string' && /^#(?:\/|$)/.test(reference))
      changed[keyword] = `${PLACE}${reference.slice(1)}`;
  }
  return changed;
}
