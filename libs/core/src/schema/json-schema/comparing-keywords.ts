import { _, type FuncKeywordDefinition } from 'ajv/dist/2020.js';
import { isJsonObject } from '../../interfaces/json.js';

/**
 * Replacements for Ajv's keywords that compare values. Ajv's own compare each item of a list with all others, and
 * throw for an object that has a member named `valueOf` or `toString`.
 */
export const COMPARING_KEYWORDS: readonly FuncKeywordDefinition[] = [
  {
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must NOT have duplicate items' },
    compile: (isAsked: boolean) => (items: readonly unknown[]) =>
      !isAsked || new Set(items.map(keyOf)).size === items.length,
  },
  {
    keyword: 'const',
    error: {
      message: 'must be equal to constant',
      params: ({ schemaCode }) => _`{allowedValue: ${schemaCode}}`,
    },
    compile: (allowed: unknown) => isOneOf([allowed]),
  },
  {
    keyword: 'enum',
    schemaType: 'array',
    error: {
      message: 'must be equal to one of the allowed values',
      params: ({ schemaCode }) => _`{allowedValues: ${schemaCode}}`,
    },
    compile: isOneOf,
  },
];

function isOneOf(allowed: readonly unknown[]): (value: unknown) => boolean {
  const keys = new Set(allowed.map(keyOf));
  return (value) => keys.has(keyOf(value));
}

/** A key that is the same for equal values (2020-12 core, §4.2.2), and different for others. */
function keyOf(value: unknown): unknown {
  if (typeof value === 'number') return value;
  return JSON.stringify(value, (_name, member: unknown) =>
    isJsonObject(member)
      ? Object.fromEntries(
          Object.entries(member).toSorted(([first], [second]) => (first < second ? -1 : 1)),
        )
      : member,
  );
}
