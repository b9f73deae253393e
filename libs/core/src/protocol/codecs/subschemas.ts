import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';

type Change = (subschema: JsonSchema) => JsonSchema;

const SCHEMA_KEYWORDS = [
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
];
const LIST_KEYWORDS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const MAP_KEYWORDS = [
  '$defs',
  'definitions',
  'dependentSchemas',
  'patternProperties',
  'properties',
];

/**
 * Returns the schema with `change` applied to each direct subschema. Only values of the schema keywords of 2020-12 are
 * subschemas: a `$ref` within `const`, `default` or `examples` is data.
 */
export function mapSubschemas(schema: JsonSchema, change: Change): JsonSchema {
  const one = (value: unknown): unknown => (isJsonObject(value) ? change({ ...value }) : value);
  const mapped: JsonSchema = { ...schema };
  for (const keyword of SCHEMA_KEYWORDS)
    if (keyword in schema) mapped[keyword] = one(schema[keyword]);
  for (const keyword of LIST_KEYWORDS) {
    const list = schema[keyword];
    if (Array.isArray(list)) mapped[keyword] = list.map(one);
  }
  for (const keyword of MAP_KEYWORDS) {
    const map = schema[keyword];
    if (isJsonObject(map))
      mapped[keyword] = Object.fromEntries(
        Object.entries(map).map(([name, value]) => [name, one(value)]),
      );
  }
  return mapped;
}

/** Returns the direct subschemas. */
export function subschemasOf(schema: JsonSchema): readonly JsonSchema[] {
  const found: JsonSchema[] = [];
  mapSubschemas(schema, (subschema) => {
    found.push(subschema);
    return subschema;
  });
  return found;
}
