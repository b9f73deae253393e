import type { Type } from '@nestjs/common';
import type { JsonObject } from '../../interfaces/json.js';
import type {
  SchemaLike,
  SchemaWithJsonSchema,
  StandardSchema,
} from '../../schema/sources/schema-like.interface.js';

/** Arguments of a tool that takes none. */
export type NoArguments = Readonly<Record<string, never>>;

/**
 * What a handler gets where the arguments have a schema: an instance of the class; what a Standard Schema
 * gives out; for JSON Schema, which TypeScript cannot read, an object whose members are to be looked at.
 */
export type ArgumentsOf<Schema extends SchemaLike> = Schema extends StandardSchema
  ? OutputOf<Schema>
  : Schema extends SchemaWithJsonSchema
    ? OutputOf<Schema['schema']>
    : Schema extends Type<infer Instance>
      ? ObjectOr<Instance>
      : JsonObject;

type OutputOf<Schema extends StandardSchema> = ObjectOr<
  NonNullable<Schema['~standard']['types']>['output']
>;

type ObjectOr<Value> = Value extends object ? Value : JsonObject;
