import 'reflect-metadata';
import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';
import { isSerializable } from './metadata/initial-values.js';

/** The metadata key of `@ApiProperty()`. Only the key is needed, so @nestjs/swagger is not imported. */
const API_PROPERTY = 'swagger/apiModelProperties';

const TEXTS = ['title', 'description'] as const;
const FLAGS = ['deprecated', 'readOnly', 'writeOnly'] as const;

/** The notes of `@ApiProperty()` about a property, without its type, which the rules define. */
export function swaggerNotes(prototype: object, property: string): JsonSchema {
  const said: unknown = Reflect.getMetadata(API_PROPERTY, prototype, property);
  if (!isJsonObject(said)) return {};
  const notes: JsonSchema = {};
  for (const name of TEXTS) if (typeof said[name] === 'string') notes[name] = said[name];
  for (const name of FLAGS) if (said[name] === true) notes[name] = true;
  const examples = examplesOf(said);
  if (examples.length > 0) notes.examples = examples;
  if (isSerializable(said.default)) notes.default = said.default;
  return notes;
}

/** The `enum` of `@ApiProperty()`, which is published like that of a rule; undefined for a list. */
export function swaggerChoices(
  prototype: object,
  property: string,
): readonly unknown[] | undefined {
  const said: unknown = Reflect.getMetadata(API_PROPERTY, prototype, property);
  const { enum: choices, isArray } = isJsonObject(said) ? said : {};
  return Array.isArray(choices) && isArray !== true && isSerializable(choices)
    ? choices
    : undefined;
}

/** Whether `@ApiProperty()` has `nullable: true`. */
export function swaggerNullable(prototype: object, property: string): boolean {
  const said: unknown = Reflect.getMetadata(API_PROPERTY, prototype, property);
  return isJsonObject(said) && said.nullable === true;
}

function examplesOf({ example, examples }: Readonly<Record<string, unknown>>): unknown[] {
  const all = isJsonObject(examples) ? Object.values(examples).map(valueOf) : examples;
  return [...(Array.isArray(all) ? (all as unknown[]) : []), example].filter(isSerializable);
}

/** An example of OpenAPI is the value, or an object with a `value` and a summary. */
function valueOf(example: unknown): unknown {
  return isJsonObject(example) && 'value' in example ? example.value : example;
}
