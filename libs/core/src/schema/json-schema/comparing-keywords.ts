import { _, type FuncKeywordDefinition } from 'ajv/dist/2020.js';
import { isJsonObject } from '../../interfaces/json.js';

/**
 * The keywords that compare values, in the place of Ajv's: those compare every two items of a list, and throw
 * for an object that has a member named `valueOf` or `toString`.
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

/** The same text for values that are equal (2020-12 core, §4.2.2), and for no others. */
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
