import { refused, type SchemaSource, type Verdict } from '../schema-source.js';
import type { StandardIssue, StandardSchema } from './schema-like.interface.js';
import { discreetLinesAbout } from './standard-findings.js';
import { isStandardSchema, standardSource } from './standard-source.js';

/** A schema that also converts values back, as those of zod do. */
interface Encoder {
  encode(value: unknown): unknown;
}

/**
 * The Standard Schema of a value: itself, or that of a class, which has it as `static schema`, as the classes of
 * `createZodDto()` (nestjs-zod), or is a Standard Schema by its static `~standard`. Undefined if there is none.
 */
export function standardOf(given: unknown): StandardSchema | undefined {
  if (isStandardSchema(given)) return given;
  const { schema } = typeof given === 'function' ? (given as { schema?: unknown }) : {};
  return isStandardSchema(schema) ? schema : undefined;
}

/** The source for results of a class of `createZodDto(schema, { codec: true })`; undefined for other values. */
export function codecSource(given: unknown): SchemaSource | undefined {
  const { codec } = typeof given === 'function' ? (given as { codec?: unknown }) : {};
  const schema = standardOf(given);
  if (codec !== true || schema === undefined || !isEncoder(schema)) return undefined;
  const encoded = standardSource(schema, 'input');
  return {
    jsonSchema: encoded.jsonSchema,
    encode: (value) => encodedBy(schema, value),
    async validate(value) {
      const verdict = await encoded.validate(value);
      return 'value' in verdict ? { value } : verdict;
    },
  };
}

function encodedBy(schema: Encoder, value: unknown): Verdict {
  try {
    return { value: schema.encode(value) };
  } catch (error) {
    const { issues } = error as { readonly issues?: unknown };
    if (!Array.isArray(issues)) throw error;
    return refused([...discreetLinesAbout(issues as StandardIssue[]).lines]);
  }
}

function isEncoder(schema: StandardSchema): schema is StandardSchema & Encoder {
  return typeof (schema as Partial<Encoder>).encode === 'function';
}
