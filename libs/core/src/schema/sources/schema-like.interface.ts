import type { Type } from '@nestjs/common';
import type { JsonSchema } from '../../interfaces/json.js';

/** A complaint of a Standard Schema. Vendors add more than the standard has; `code` and the like are theirs. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export type StandardResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** Gives JSON Schema of what a schema takes in, and of what comes out of it. */
export interface StandardJsonSchema {
  readonly input: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>;
  readonly output: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>;
}

/** What zod, arktype, valibot and others put under `~standard` (https://standardschema.dev). */
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

/** A Standard Schema, and the JSON Schema (2020-12) that says the same, for vendors that cannot give it. */
export interface SchemaWithJsonSchema {
  readonly schema: StandardSchema;
  readonly jsonSchema: JsonSchema;
}

/** A schema in any form that is understood: a class with class-validator rules, a Standard Schema, JSON Schema 2020-12. */
export type SchemaLike = Type | StandardSchema | SchemaWithJsonSchema | JsonSchema;
