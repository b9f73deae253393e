import type { RegistryDraft, Row } from './registry-draft.js';

/** What there is at one time. It never changes: whoever reads one reads one state to the end. */
export interface RegistrySnapshot<Entry> {
  /** What can be listed and called, in order of their ordinals. */
  readonly rows: readonly Row<Entry>[];
  readonly byName: ReadonlyMap<string, Entry>;
}

/**
 * Entries of one kind by name. Each keeps its place for life: what is listed twice is listed alike, and a
 * place in the list still means the same when others come and go.
 */
export class PrimitiveRegistry<Entry extends { readonly name: string }> {
  private all = new Map<string, Row<Entry>>();
  private nextOrdinal = 1;
  private current: RegistrySnapshot<Entry> | undefined;

  /** Adds an entry at boot; gives the one that has its name already, if any, and then changes nothing. */
  add(entry: Entry): Entry | undefined {
    const taken = this.all.get(entry.name);
    if (taken !== undefined) return taken.entry;
    this.all.set(entry.name, { entry, ordinal: this.nextOrdinal++, isEnabled: true });
    this.current = undefined;
    return undefined;
  }

  /** An entry that is not disabled. */
  get(name: string): Entry | undefined {
    return this.snapshot.byName.get(name);
  }

  /** Every entry, disabled ones included. */
  rows(): ReadonlyMap<string, Row<Entry>> {
    return this.all;
  }

  get size(): number {
    return this.all.size;
  }

  get snapshot(): RegistrySnapshot<Entry> {
    this.current ??= snapshotOf(this.all);
    return this.current;
  }

  /** Puts the state of a draft in place of the present one; tells whether what can be listed is another. */
  commit(draft: RegistryDraft<Entry>): boolean {
    const before = this.snapshot;
    const { rows, nextOrdinal } = draft.result(this.nextOrdinal);
    this.all = rows;
    this.nextOrdinal = nextOrdinal;
    const after = snapshotOf(rows);
    const isSame =
      after.rows.length === before.rows.length &&
      after.rows.every(({ entry }, index) => entry === before.rows[index]?.entry);
    if (!isSame) this.current = after;
    return !isSame;
  }
}

function snapshotOf<Entry extends { readonly name: string }>(
  all: ReadonlyMap<string, Row<Entry>>,
): RegistrySnapshot<Entry> {
  const rows = [...all.values()].filter(({ isEnabled }) => isEnabled);
  return Object.freeze({
    rows: Object.freeze(rows),
    byName: new Map(rows.map(({ entry }) => [entry.name, entry])),
  });
}
