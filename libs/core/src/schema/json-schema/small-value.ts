const MOST_VALUES = 500;
const MOST_LEVELS = 5;
/** Each 128 characters of a string or of a member's name count as one more value. */
const CHARACTERS = 128;

/** Whether a value has at most 500 values within 5 levels. Stops counting at either limit. */
export function isSmall(value: unknown): boolean {
  return rest(value, MOST_VALUES, MOST_LEVELS) >= 0;
}

/** Subtracts the size of a value from `values`. Negative if the value is larger, or nested more than `levels` deep. */
function rest(value: unknown, values: number, levels: number): number {
  if (typeof value === 'string') return values - 1 - Math.floor(value.length / CHARACTERS);
  if (typeof value !== 'object' || value === null) return values - 1;
  if (levels === 0) return -1;
  let left = values - 1;
  for (const [name, member] of Object.entries(value)) {
    left = rest(member, left - Math.floor(name.length / CHARACTERS), levels - 1);
    if (left < 0) return left;
  }
  return left;
}
