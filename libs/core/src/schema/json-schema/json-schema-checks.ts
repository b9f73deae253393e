import type { JsonSchema } from '../../interfaces/json.js';
import { subschemasOf } from '../../protocol/codecs/subschemas.js';
import { SchemaError } from '../schema.error.js';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const DEEPEST = 32;
const MOST = 2000;

/**
 * Every subschema, the root first.
 * @throws SchemaError beyond the bounds; a schema that holds itself is beyond them.
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
 * Refuses what cannot be checked, or not without asking the network.
 * @throws SchemaError
 */
export function assertUsable(root: JsonSchema): void {
  const all = boundedSubschemas(root);
  for (const { $schema: dialect } of all)
    if (dialect !== undefined && dialect !== DIALECT && dialect !== `${DIALECT}#`)
      throw new SchemaError(
        `its $schema is ${JSON.stringify(dialect)}; only ${DIALECT} is understood`,
      );
  // Without an $id in the document, whatever is not a fragment is elsewhere.
  if (all.some(({ $id }) => $id !== undefined)) return;
  for (const { $ref: reference } of all)
    if (typeof reference === 'string' && !reference.startsWith('#'))
      throw new SchemaError(
        `it refers to ${JSON.stringify(reference)}, which is never fetched; put it into $defs`,
      );
}
