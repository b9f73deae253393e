import type { JsonSchema } from '../../interfaces/json.js';
import type { Definitions } from './definitions.js';
import { SchemaError } from '../schema.error.js';
import type { Union } from './metadata/transformer-metadata.js';

/**
 * The schema of a discriminated union. Each class gets a definition with the value of its discriminator. Uses
 * `anyOf`, because more clients support it than `oneOf` and the discriminators already exclude each other.
 * @throws SchemaError when two classes have the same discriminator value
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
