import type { RawJson } from '../../protocol/json-rpc.js';
import type { RegistrySnapshot } from '../../registry/primitive.registry.js';
import type { Row } from '../../registry/registry-draft.js';
import type { PrimitiveEntry } from '../entry/primitive-entry.interface.js';
import type { TextCache } from './text-cache.js';

/** One state of the catalog, and the lists that were made from it. */
export interface ListedState<Entry extends PrimitiveEntry> {
  readonly snapshot: RegistrySnapshot<Entry>;
  readonly all: Candidates<Entry>;
  readonly lists: TextCache<RawJson>;
}

/** Rows of one state of the catalog, some of which a caller may not see. */
export interface Candidates<Entry extends PrimitiveEntry> {
  readonly rows: readonly Row<Entry>[];
  /** The rows whose guards decide for each caller. */
  readonly gated: readonly Row<Entry>[];
}

/** The rows after an ordinal. */
export function candidatesAfter<Entry extends PrimitiveEntry>(
  all: Candidates<Entry>,
  ordinal: number,
): Candidates<Entry> {
  if (ordinal === 0) return all;
  const isAfter = (row: Row<Entry>): boolean => row.ordinal > ordinal;
  return { rows: all.rows.filter(isAfter), gated: all.gated.filter(isAfter) };
}

const BITS = 15;

/** Encodes the verdicts about the gated rows as a short key, with 15 verdicts in each character. */
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
export function visibleRows<Entry extends PrimitiveEntry>(
  { rows, gated }: Candidates<Entry>,
  verdicts: readonly boolean[],
): readonly Row<Entry>[] {
  const hidden = new Set(gated.filter((_, index) => verdicts[index] !== true));
  return hidden.size === 0 ? rows : rows.filter((row) => !hidden.has(row));
}
