import type { JsonSchema } from '../../interfaces/json.js';
import type { Rule } from './metadata/class-rules.js';
import type { TransformedType } from './metadata/transformer-metadata.js';

/** How the values of a property lie in JSON: alone, in a list, or by name. */
export type Holder = 'none' | 'list' | 'set' | 'map';

export function holderOf({ declared }: TransformedType, rules: readonly Rule[]): Holder {
  if (declared === Set) return 'set';
  if (declared === Map) return 'map';
  return declared === Array || rules.some(({ each }) => each) ? 'list' : 'none';
}

/** The schema of all values that a holder has, from that of each. */
export function held(holder: Holder, value: JsonSchema): JsonSchema {
  if (holder === 'none') return value;
  return holder === 'map'
    ? { type: 'object', additionalProperties: value }
    : { type: 'array', items: value };
}

/** What a property becomes that is none of the types of JSON. */
export type Carried = 'Date' | 'bigint' | undefined;

export function carriedBy({ element, declared }: TransformedType): Carried {
  const made = element ?? declared;
  if (made === Date) return 'Date';
  return made === BigInt ? 'bigint' : undefined;
}

/** How a value that JSON does not have is written. Text, because numbers lose digits on the way. */
export const WRITTEN: Readonly<Record<'Date' | 'bigint', JsonSchema>> = {
  Date: { type: 'string', format: 'date-time' },
  bigint: { type: 'string', pattern: '^-?[0-9]{1,100}$' },
};
