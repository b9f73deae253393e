import 'reflect-metadata';
import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';
import { isSerializable } from './metadata/initial-values.js';

/** Where @nestjs/swagger keeps what `@ApiProperty()` says. It is not imported: the key is all there is to know. */
const API_PROPERTY = 'swagger/apiModelProperties';

const TEXTS = ['title', 'description'] as const;
const FLAGS = ['deprecated', 'readOnly', 'writeOnly'] as const;

/** What `@ApiProperty()` says of a property beside its type, which is for the rules. */
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

/** The accepted values that it says; held like those of a rule. A list keeps those of its items. */
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

/** Tells whether it says that the property may be null. */
export function swaggerNullable(prototype: object, property: string): boolean {
  const said: unknown = Reflect.getMetadata(API_PROPERTY, prototype, property);
  return isJsonObject(said) && said.nullable === true;
}

function examplesOf({ example, examples }: Readonly<Record<string, unknown>>): unknown[] {
  const all = isJsonObject(examples) ? Object.values(examples).map(valueOf) : examples;
  return [...(Array.isArray(all) ? (all as unknown[]) : []), example].filter(isSerializable);
}

/** OpenAPI names its examples, and may put a summary beside the value. */
function valueOf(example: unknown): unknown {
  return isJsonObject(example) && 'value' in example ? example.value : example;
}
