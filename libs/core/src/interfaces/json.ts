/** Any value that JSON can represent. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object whose values are not checked yet. */
export type JsonObject = { readonly [key: string]: unknown };

/** A JSON Schema 2020-12 document or subschema. */
export type JsonSchema = { [keyword: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
