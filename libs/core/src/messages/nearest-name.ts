/**
 * The known name that an unknown one most probably means: one that differs in case alone, or in as few letters
 * as a slip of the keyboard. Undefined where none is near.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  const [nearest] = known
    .map((candidate) => ({ candidate, slips: slipsBetween(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, slips }) => slips <= allowedSlips(candidate))
    .toSorted((a, b) => a.slips - b.slips);
  return nearest?.candidate;
}

const LONGEST = 64;

function allowedSlips(name: string): number {
  return Math.max(1, Math.floor(name.length / 3));
}

/** Letters that are added, left out, exchanged or swapped with the next one: the optimal string alignment distance. */
function slipsBetween(from: string, to: string): number {
  if (from.length > LONGEST || to.length > LONGEST) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let at = 1; at <= to.length; at++) {
      const isSame = from[row - 1] === to[at - 1];
      const isSwap =
        row > 1 && at > 1 && from[row - 1] === to[at - 2] && from[row - 2] === to[at - 1];
      current[at] = Math.min(
        (last[at] ?? Infinity) + 1,
        (current[at - 1] ?? Infinity) + 1,
        (last[at - 1] ?? Infinity) + (isSame ? 0 : 1),
        isSwap ? (beforeLast[at - 2] ?? Infinity) + 1 : Infinity,
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length] ?? Infinity;
}
