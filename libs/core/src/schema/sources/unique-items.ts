import type { KeywordDefinition } from 'ajv/dist/2020.js';
import { isJsonObject } from '../../interfaces/json.js';

/** `uniqueItems` in linear time: Ajv compares every two items of a list. */
export const UNIQUE_ITEMS: KeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  error: { message: 'must NOT have duplicate items' },
  compile: (isAsked: boolean) => (items: readonly unknown[]) =>
    !isAsked || new Set(items.map(keyOf)).size === items.length,
};

/** The same text for values that are equal (2020-12 core, §4.2.2), and for no others. */
function keyOf(value: unknown): unknown {
  if (typeof value === 'number') return value;
  return JSON.stringify(value, (_, member: unknown) =>
    isJsonObject(member)
      ? Object.fromEntries(
          Object.entries(member).toSorted(([first], [second]) => (first < second ? -1 : 1)),
        )
      : member,
  );
}
