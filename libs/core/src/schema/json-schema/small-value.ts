const MOST_VALUES = 500;
const MOST_LEVELS = 5;
/** Characters that count as one value, in texts and names of members. */
const CHARACTERS = 128;

/** Whether a value has few and short members, and is nested little. Looks at no more of it than it needs to. */
export function isSmall(value: unknown): boolean {
  return rest(value, MOST_VALUES, MOST_LEVELS) >= 0;
}

/** What is left of a number of values; below 0 when there are more, or when they are nested deeper. */
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
