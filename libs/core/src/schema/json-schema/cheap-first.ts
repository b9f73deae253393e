import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';
import { COUNTED } from './counted-steps.js';

/** Keywords whose check goes into a value, or may lead to such a check. */
const DEEP = ['$ref', '$dynamicRef', 'anyOf', 'oneOf', 'allOf', 'if', 'not', 'items', 'properties'];

/** Keywords that contain values, not schemas. */
const VALUES: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples']);

/**
 * The same schema, with {@link COUNTED} beside each `$ref` and its properties sorted by the cost of their check:
 * constants and enums first, nested objects last. A branch of a union that does not match is then left at once.
 * Otherwise each level of a recursive union could double the time.
 */
export function cheapFirst(schema: JsonSchema): JsonSchema {
  return sorted(schema) as JsonSchema;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const parts = Object.entries(value).map(([keyword, one]): [string, unknown] => {
    if (VALUES.has(keyword)) return [keyword, one];
    return [keyword, keyword === 'properties' && isJsonObject(one) ? properties(one) : sorted(one)];
  });
  if (typeof value.$ref === 'string') parts.push([COUNTED, true]);
  return Object.fromEntries(parts);
}

function properties(members: Readonly<Record<string, unknown>>): unknown {
  const all = Object.entries(members).map(([name, one]) => [name, sorted(one)] as const);
  return Object.fromEntries(
    all.toSorted(([, first], [, second]) => weight(first) - weight(second)),
  );
}

function weight(schema: unknown): number {
  if (!isJsonObject(schema)) return 0;
  if ('const' in schema || 'enum' in schema) return 0;
  return DEEP.some((keyword) => keyword in schema) ? 2 : 1;
}
