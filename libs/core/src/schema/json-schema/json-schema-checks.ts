import type { JsonSchema } from '../../interfaces/json.js';
import { subschemasOf } from '../../protocol/codecs/subschemas.js';
import { SchemaError } from '../schema.error.js';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const DEEPEST = 32;
const MOST = 2000;

/**
 * Returns every subschema, the root first.
 * @throws SchemaError when the schema has more than 2000 subschemas, or is nested more than 32 deep, as an object
 * that contains itself is.
 */
export function boundedSubschemas(root: JsonSchema): readonly JsonSchema[] {
  const all: JsonSchema[] = [];
  let level: readonly JsonSchema[] = [root];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEEPEST)
      throw new SchemaError(`schemas are nested more than ${DEEPEST} deep; use $defs and $ref`);
    if (all.length + level.length > MOST) throw new SchemaError(`it has more than ${MOST} schemas`);
    all.push(...level);
    level = level.flatMap(subschemasOf);
  }
  return all;
}

/**
 * Checks that values can be validated against a schema without a network request.
 * @throws SchemaError when the schema is too large, is of another dialect, or refers to another document
 */
export function assertUsable(root: JsonSchema): void {
  const all = boundedSubschemas(root);
  for (const { $schema: dialect } of all)
    if (dialect !== undefined && dialect !== DIALECT && dialect !== `${DIALECT}#`)
      throw new SchemaError(
        `its $schema is ${JSON.stringify(dialect)}; only ${DIALECT} is understood`,
      );
  // Without an $id in the document, only a fragment can refer to a part of it.
  if (all.some(({ $id }) => $id !== undefined)) return;
  for (const { $ref: reference } of all)
    if (typeof reference === 'string' && !reference.startsWith('#'))
      throw new SchemaError(
        `it refers to ${JSON.stringify(reference)}, which is never fetched; put it into $defs`,
      );
}
