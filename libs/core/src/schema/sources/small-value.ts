const MOST_VALUES = 500;
const MOST_LEVELS = 5;

/** Whether a value has few members in all, and is nested little. Looks at no more of it than it needs to. */
export function isSmall(value: unknown): boolean {
  return rest(value, MOST_VALUES, MOST_LEVELS) >= 0;
}

/** What is left of a number of values; below 0 when there are more, or when they are nested deeper. */
function rest(value: unknown, values: number, levels: number): number {
  if (typeof value !== 'object' || value === null) return values - 1;
  if (levels === 0) return -1;
  let left = values - 1;
  for (const member of Object.values(value)) {
    left = rest(member, left, levels - 1);
    if (left < 0) return left;
  }
  return left;
}
