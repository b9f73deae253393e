import type { JsonSchema } from '../../interfaces/json.js';
import type { Definitions } from './definitions.js';
import { SchemaError } from '../schema.error.js';
import type { Union } from './metadata/transformer-metadata.js';

/**
 * One definition for each class of a discriminated union; each says what its discriminator is. `anyOf`
 * rather than `oneOf`: the discriminators exclude each other already, and more clients know it.
 */
export function unionSchema(
  at: string,
  { property, members, keepsProperty }: Union,
  definitions: Definitions,
): JsonSchema {
  const names = members.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new SchemaError(`${at} has two classes for ${property} "${twice}". Name each once.`);
  return {
    anyOf: members.map(({ name, value }) =>
      definitions.reference(value, { property, value: name, keepsProperty }),
    ),
  };
}
