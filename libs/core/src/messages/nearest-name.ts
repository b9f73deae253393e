/**
 * The known name that an unknown name most probably means: one that differs only in case, or by as few letters as a
 * typing error. Undefined if no name is near.
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
  const rows = [Array.from({ length: to.length + 1 }, (_, at) => at)];
  for (let length = 1; length <= from.length; length++)
    rows.push(nextRow(from.slice(0, length), to, rows));
  return rows.at(-1)?.at(-1) ?? Infinity;
}

/** The distances from `start` to every beginning of `to`; `rows` are those of its shorter beginnings. */
function nextRow(start: string, to: string, rows: readonly (readonly number[])[]): number[] {
  const [beforeLast, last] = [rows.at(-2), rows.at(-1)];
  const row = [start.length];
  for (let at = 1; at <= to.length; at++) {
    const swapped = `${to.charAt(at - 1)}${to.charAt(at - 2)}`;
    const exchange = start.endsWith(to.charAt(at - 1)) ? 0 : 1;
    row.push(
      Math.min(
        (last?.[at] ?? Infinity) + 1,
        (row[at - 1] ?? Infinity) + 1,
        (last?.[at - 1] ?? Infinity) + exchange,
        at > 1 && start.endsWith(swapped) ? (beforeLast?.[at - 2] ?? Infinity) + 1 : Infinity,
      ),
    );
  }
  return row;
}
