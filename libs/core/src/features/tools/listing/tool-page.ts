import type { RegistrySnapshot } from '../../../registry/primitive.registry.js';
import type { Row } from '../../../registry/registry-draft.js';
import type { ToolEntry } from '../tool.entry.js';
import type { RawJson } from '../../../protocol/json-rpc.js';
import type { TextCache } from './text-cache.js';

/** One state of the catalog, and the lists that were put together of it. */
export interface ListedState {
  readonly snapshot: RegistrySnapshot<ToolEntry>;
  readonly all: Candidates;
  readonly lists: TextCache<RawJson>;
}

/** Rows of one state of the catalog, some of which a caller may not see. */
export interface Candidates {
  readonly rows: readonly Row<ToolEntry>[];
  /** Those of the rows about which somebody has to be asked. */
  readonly gated: readonly Row<ToolEntry>[];
}

/** The rows that come after a place in the list. */
export function candidatesAfter(all: Candidates, ordinal: number): Candidates {
  if (ordinal === 0) return all;
  const isAfter = (row: Row<ToolEntry>): boolean => row.ordinal > ordinal;
  return { rows: all.rows.filter(isAfter), gated: all.gated.filter(isAfter) };
}

const BITS = 15;

/** Verdicts about the gated rows as a short text, the same for the same ones: 15 of them in each character. */
export function keyOf(verdicts: readonly boolean[]): string {
  const codes: number[] = [];
  for (let start = 0; start < verdicts.length; start += BITS) {
    let code = 0;
    for (let bit = 0; bit < BITS; bit++) if (verdicts[start + bit] === true) code |= 1 << bit;
    codes.push(code);
  }
  return String.fromCharCode(...codes);
}

/** The rows that a caller sees. */
export function visibleRows(
  { rows, gated }: Candidates,
  verdicts: readonly boolean[],
): readonly Row<ToolEntry>[] {
  const hidden = new Set(gated.filter((_, index) => verdicts[index] !== true));
  return hidden.size === 0 ? rows : rows.filter((row) => !hidden.has(row));
}
