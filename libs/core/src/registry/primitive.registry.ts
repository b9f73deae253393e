import type { RegistryDraft, Row } from './registry-draft.js';

/** The entries at one time. A snapshot never changes. */
export interface RegistrySnapshot<Entry> {
  /** Entries that are not disabled, in order of their ordinals. */
  readonly rows: readonly Row<Entry>[];
  readonly byName: ReadonlyMap<string, Entry>;
}

/**
 * Entries of one kind by name. Each keeps its position for life: two lists have the same order, and a cursor stays
 * valid when other entries are added or removed.
 */
export class PrimitiveRegistry<Entry extends { readonly name: string }> {
  private all = new Map<string, Row<Entry>>();
  private nextOrdinal = 1;
  private current: RegistrySnapshot<Entry> | undefined;

  /** Adds an entry at boot. Returns the entry that has its name already, if there is one, and adds nothing then. */
  add(entry: Entry): Entry | undefined {
    const existing = this.all.get(entry.name);
    if (existing !== undefined) return existing.entry;
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

  /** Replaces the state by that of a draft. Returns whether the list changed. */
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
