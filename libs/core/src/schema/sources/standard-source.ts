import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';
import { SchemaError } from '../schema.error.js';
import type {
  SchemaWithJsonSchema,
  StandardResult,
  StandardSchema,
} from './schema-like.interface.js';
import { type Direction, type SchemaSource, type Verdict, verdictOn } from '../schema-source.js';
import { discreetLinesAbout, linesAbout } from './standard-findings.js';

/** Arktype's are functions, zod's and valibot's are objects. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const standard = (value as Partial<StandardSchema>)['~standard'];
  return typeof standard?.validate === 'function';
}

export function isSchemaPair(value: unknown): value is SchemaWithJsonSchema {
  return isJsonObject(value) && isStandardSchema(value.schema) && isJsonObject(value.jsonSchema);
}

/**
 * A Standard Schema with the JSON Schema that its vendor makes of it.
 * @throws SchemaError when the vendor does not, or cannot.
 */
export function standardSource(schema: StandardSchema, direction: Direction): SchemaSource {
  const { vendor, jsonSchema } = schema['~standard'];
  if (jsonSchema === undefined)
    throw new SchemaError(
      `a schema of ${vendor} does not give its JSON Schema; pass both: { schema, jsonSchema }`,
    );
  return pairSource({ schema, jsonSchema: made(vendor, jsonSchema[direction]) }, direction);
}

/** A Standard Schema with a JSON Schema that was made beside it. */
export function pairSource(
  { schema, jsonSchema }: SchemaWithJsonSchema,
  direction: Direction,
): SchemaSource {
  const { validate } = schema['~standard'];
  const judge = (value: unknown, result: StandardResult): Verdict =>
    result.issues === undefined
      ? { value: result.value }
      : verdictOn(
          value,
          direction === 'input'
            ? linesAbout(result.issues, value)
            : discreetLinesAbout(result.issues),
        );
  return {
    jsonSchema,
    validate(value) {
      const result = validate(value);
      return result instanceof Promise
        ? result.then((late) => judge(value, late))
        : judge(value, result);
    },
  };
}

/** Schemas without `$schema` are of 2020-12 anyway, and validators for draft-07 choke on the name. */
function made(
  vendor: string,
  convert: (options: { target: 'draft-2020-12' }) => JsonSchema,
): JsonSchema {
  try {
    const { $schema: _, ...jsonSchema } = convert({ target: 'draft-2020-12' });
    return jsonSchema;
  } catch (error) {
    throw new SchemaError(
      `${vendor} gives no JSON Schema for it (${(error as Error).message}); pass both: { schema, jsonSchema }`,
    );
  }
}
