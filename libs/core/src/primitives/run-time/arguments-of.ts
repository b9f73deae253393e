import type { Type } from '@nestjs/common';
import type { JsonObject } from '../../interfaces/json.js';
import type {
  SchemaLike,
  SchemaWithJsonSchema,
  StandardSchema,
} from '../../schema/standard/schema-like.interface.js';

/** Arguments of a tool that has none. */
export type NoArguments = Readonly<Record<string, never>>;

/**
 * What a handler gets if the arguments have a schema: an instance of the class, or the output of a Standard Schema.
 * TypeScript cannot read JSON Schema, so that the properties of the object are `unknown` then.
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
