import type { KeywordDefinition } from 'ajv/dist/2020.js';

/** The keyword beside each `$ref` of a compiled schema. No other vocabulary has this name. */
export const COUNTED = 'nestmcp:counted';

/** The references that the check of any value may follow, and further ones for each value in it. */
const FREE_STEPS = 4_000;
const STEPS_A_VALUE = 4;

/** The check follows too many references: several alternatives recurse at each level of a recursive schema. */
class TooManySteps extends Error {}

let left = 0;

/** Counts the references that a check follows. Each branch of a recursive union follows one at each level. */
export const COUNTED_STEPS: KeywordDefinition = {
  keyword: COUNTED,
  // Keywords after a reference that fails are not evaluated.
  before: '$ref',
  schemaType: 'boolean',
  errors: false,
  validate: () => {
    if (--left < 0) throw new TooManySteps();
    return true;
  },
};

/** Returns the result of `check`, or undefined if it follows more references than the size of the value allows. */
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
