import type { JsonSchema } from '../../interfaces/json.js';
import type { Rule } from './metadata/class-rules.js';
import type { TransformedType } from './metadata/transformer-metadata.js';

/** How a property contains its values: a single value, or a collection. In JSON a Set is a list, and a Map is an object. */
export type Holder = 'none' | 'list' | 'set' | 'map';

export function holderOf({ declared }: TransformedType, rules: readonly Rule[]): Holder {
  if (declared === Set) return 'set';
  if (declared === Map) return 'map';
  return declared === Array || rules.some(({ each }) => each) ? 'list' : 'none';
}

/** The schema of a property, from the schema of one value in it. */
export function held(holder: Holder, value: JsonSchema): JsonSchema {
  if (holder === 'none') return value;
  return holder === 'map'
    ? { type: 'object', additionalProperties: value }
    : { type: 'array', items: value };
}

/** The type of a converted value that JSON does not have. */
export type Carried = 'Date' | 'bigint' | undefined;

export function carriedBy({ element, declared }: TransformedType): Carried {
  const made = element ?? declared;
  if (made === Date) return 'Date';
  return made === BigInt ? 'bigint' : undefined;
}

/** How JSON represents such a value. A bigint is text, because a number would lose digits. */
export const WRITTEN: Readonly<Record<'Date' | 'bigint', JsonSchema>> = {
  Date: { type: 'string', format: 'date-time' },
  bigint: { type: 'string', pattern: '^-?[0-9]{1,100}$' },
};
