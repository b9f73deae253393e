import { isJsonObject } from '../interfaces/json.js';
import { type Check, NOTHING_TO_CHECK } from './check.js';
import type { Carried, Holder } from './value-kind.js';

/** RFC 3339, as `format: date-time` has it: `new Date()` alone would take numbers, booleans and local times. */
const DATE_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

const FORMS = {
  Date: { pattern: DATE_TIME, words: 'must be a date-time such as 2026-01-31T12:00:00Z (isDate)' },
  bigint: {
    pattern: /^-?[0-9]{1,100}$/,
    words: 'must be a whole number in text, of at most 100 digits (isBigInt)',
  },
};

/** Looks at the text that a `Date` or a `bigint` is made of, before it is. */
export function carriedCheck(carried: Carried, holder: Holder): Check {
  if (carried === undefined) return NOTHING_TO_CHECK;
  const { pattern, words } = FORMS[carried];
  const one: Check = (value, place, findings) => {
    if (typeof value !== 'string' || !pattern.test(value) || !isReal(carried, value))
      findings.add(place, words);
  };
  return holder === 'none' ? one : inHolder(one);
}

/** 2025-02-30 has the form of a date, and `Date` silently makes another day of it. */
function isReal(carried: Carried, text: string): boolean {
  if (carried !== 'Date') return true;
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

function inHolder(check: Check): Check {
  return (value, place, findings) => {
    if (Array.isArray(value))
      for (const [index, one] of value.entries())
        check(one, { parent: place, name: index }, findings);
    else if (isJsonObject(value))
      for (const name of Object.keys(value)) check(value[name], { parent: place, name }, findings);
  };
}
