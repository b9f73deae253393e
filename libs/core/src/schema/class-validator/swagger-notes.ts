import { isJsonObject, type JsonObject, type JsonSchema } from '../../interfaces/json.js';
import { isSerializable } from './metadata/initial-values.js';

const TEXTS = ['title', 'description'] as const;
const FLAGS = ['deprecated', 'readOnly', 'writeOnly'] as const;

/**
 * The notes that the options of `@ApiProperty()` have about a property, without its type. The default is left out:
 * nothing applies it, so only the initializer of a property is one.
 */
export function swaggerNotes(options: JsonObject): JsonSchema {
  const notes: JsonSchema = {};
  for (const name of TEXTS) if (typeof options[name] === 'string') notes[name] = options[name];
  for (const name of FLAGS) if (options[name] === true) notes[name] = true;
  const examples = examplesOf(options);
  if (examples.length > 0) notes.examples = examples;
  return notes;
}

function examplesOf({ example, examples }: JsonObject): unknown[] {
  const all = isJsonObject(examples) ? Object.values(examples).map(valueOf) : examples;
  return [...(Array.isArray(all) ? (all as unknown[]) : []), example].filter(isSerializable);
}

/** An example of OpenAPI is the value, or an object with a `value` and a summary. */
function valueOf(example: unknown): unknown {
  return isJsonObject(example) && 'value' in example ? example.value : example;
}
