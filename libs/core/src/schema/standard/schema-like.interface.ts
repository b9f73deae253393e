import type { Type } from '@nestjs/common';
import type { JsonSchema } from '../../interfaces/json.js';

/** An issue of a Standard Schema. Vendors add further members, such as `code`. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export type StandardResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** Converts a schema to the JSON Schema of its input, and to that of its output. */
export interface StandardJsonSchema {
  readonly input: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>;
  readonly output: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>;
}

/** A schema of zod, arktype, valibot or another vendor of Standard Schema (https://standardschema.dev). */
export interface StandardSchema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult | Promise<StandardResult>;
    readonly jsonSchema?: StandardJsonSchema | undefined;
    /** For the type checker only. */
    readonly types?: { readonly input: unknown; readonly output: unknown } | undefined;
  };
}

/** A Standard Schema and its JSON Schema (2020-12), for vendors that cannot convert it. */
export interface SchemaWithJsonSchema {
  readonly schema: StandardSchema;
  readonly jsonSchema: JsonSchema;
}

/**
 * A schema in any supported form: a class with class-validator rules or a static Standard Schema, a Standard Schema,
 * JSON Schema 2020-12.
 */
export type SchemaLike = Type | StandardSchema | SchemaWithJsonSchema | JsonSchema;
