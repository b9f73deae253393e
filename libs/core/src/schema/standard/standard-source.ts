import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';
import { SchemaError } from '../schema.error.js';
import type {
  SchemaWithJsonSchema,
  StandardResult,
  StandardSchema,
} from './schema-like.interface.js';
import { type Direction, type SchemaSource, type Verdict, verdictOn } from '../schema-source.js';
import { discreetLinesAbout, linesAbout } from './standard-findings.js';

/** Whether a value is a Standard Schema. Those of arktype are functions, those of zod and valibot are objects. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const standard = (value as Partial<StandardSchema>)['~standard'];
  return typeof standard?.validate === 'function';
}

export function isSchemaPair(value: unknown): value is SchemaWithJsonSchema {
  return isJsonObject(value) && isStandardSchema(value.schema) && isJsonObject(value.jsonSchema);
}

/**
 * The source for a Standard Schema that can convert itself to JSON Schema.
 * @throws SchemaError when the vendor does not support that, or the conversion fails.
 */
export function standardSource(schema: StandardSchema, direction: Direction): SchemaSource {
  const { vendor, jsonSchema } = schema['~standard'];
  if (jsonSchema === undefined)
    throw new SchemaError(
      `a schema of ${vendor} does not provide its JSON Schema; pass both: { schema, jsonSchema }`,
    );
  return pairSource({ schema, jsonSchema: made(vendor, jsonSchema[direction]) }, direction);
}

/** The source for a Standard Schema with a separate JSON Schema. */
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

/** Omits `$schema`: the default is 2020-12, and validators for draft-07 fail on another dialect. */
function made(
  vendor: string,
  convert: (options: { target: 'draft-2020-12' }) => JsonSchema,
): JsonSchema {
  try {
    const { $schema: _, ...jsonSchema } = convert({ target: 'draft-2020-12' });
    return jsonSchema;
  } catch (error) {
    throw new SchemaError(
      `${vendor} cannot convert it to JSON Schema (${(error as Error).message}); pass both: { schema, jsonSchema }`,
    );
  }
}
