import { isJsonObject, type JsonObject, type JsonSchema } from '../../interfaces/json.js';
import { mapSubschemas } from './subschemas.js';

const WRAPPED = '#/properties/result';

/** Whether a schema accepts only objects, judged by the `type` at its root. */
export function isObjectSchema({ type }: JsonSchema): boolean {
  return type === 'object';
}

/**
 * Returns the schema of `{ result: value }`, for revisions whose structured content must be an object (2025-06-18 and
 * 2025-11-25 tools, Output Schema). References within the schema are adapted to its new path.
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

/** Returns an object unchanged, and wraps any other value. */
export function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : wrapValue(value);
}

/** Adapts references. A schema with an `$id` is a document of its own, so its references stay valid unchanged. */
function moved(schema: JsonSchema): JsonSchema {
  if (schema.$id !== undefined) return schema;
  const changed = mapSubschemas(schema, moved);
  for (const keyword of ['$ref', '$dynamicRef']) {
    const reference = changed[keyword];
    if (typeof reference === 'string' && /^#(?:\/|$)/.test(reference))
      changed[keyword] = `${WRAPPED}${reference.slice(1)}`;
  }
  return changed;
}
