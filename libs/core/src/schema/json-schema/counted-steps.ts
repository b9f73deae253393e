import type { KeywordDefinition } from 'ajv/dist/2020.js';

/** Put beside each `$ref` of a schema that is compiled; no name that anybody else has. */
export const COUNTED = 'nestmcp:counted';

/** Steps that any value may take, and further ones for each value in it. */
const FREE_STEPS = 4_000;
const STEPS_A_VALUE = 4;

/** More work than a value is worth: alternatives that all lead on, at each level of a recursive schema. */
class TooManySteps extends Error {}

let left = 0;

/** Counts the references that are followed; each branch of a recursive union follows one at each level. */
export const COUNTED_STEPS: KeywordDefinition = {
  keyword: COUNTED,
  // What follows a reference that fails is not looked at.
  before: '$ref',
  schemaType: 'boolean',
  errors: false,
  validate: () => {
    if (--left < 0) throw new TooManySteps();
    return true;
  },
};

/** What `check` returns, or undefined where it would follow more references than a value is worth. */
export function withinSteps<Found>(value: unknown, check: () => Found): Found | undefined {
  left = FREE_STEPS + STEPS_A_VALUE * valuesIn(value);
  try {
    return check();
  } catch (error) {
    if (error instanceof TooManySteps) return undefined;
    throw error;
  }
}

function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, member) => sum + valuesIn(member), 1);
}
