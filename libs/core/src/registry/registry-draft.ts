/** An entry, its position, and whether it is enabled. */
export interface Row<Entry> {
  readonly entry: Entry;
  /** Ascending in the order of the list. An entry, and the entries that replace it, keep their ordinal. */
  readonly ordinal: number;
  readonly isEnabled: boolean;
}

type Draft<Entry> = Omit<Row<Entry>, 'ordinal'> & { readonly ordinal: number | undefined };

/** The state after an edit. It has no effect until it is committed. */
export class RegistryDraft<Entry extends { readonly name: string }> {
  private readonly rows: Map<string, Draft<Entry>>;

  constructor(present: ReadonlyMap<string, Row<Entry>>) {
    this.rows = new Map(present);
  }

  get(name: string): Entry | undefined {
    return this.rows.get(name)?.entry;
  }

  /** Adds at the end of the list; the name must be free. */
  add(entry: Entry): void {
    this.rows.set(entry.name, { entry, ordinal: undefined, isEnabled: true });
  }

  /** Replaces the entry with the same name, which stays enabled or disabled. */
  replace(entry: Entry): void {
    const row = this.rows.get(entry.name);
    if (row !== undefined) this.rows.set(entry.name, { ...row, entry });
  }

  remove(name: string): void {
    this.rows.delete(name);
  }

  enable(name: string, isEnabled: boolean): void {
    const row = this.rows.get(name);
    if (row !== undefined && row.isEnabled !== isEnabled)
      this.rows.set(name, { ...row, isEnabled });
  }

  /** The rows. New ones get ordinals from `first` on. */
  result(first: number): { rows: Map<string, Row<Entry>>; nextOrdinal: number } {
    let nextOrdinal = first;
    const rows = new Map<string, Row<Entry>>();
    for (const [name, row] of this.rows)
      rows.set(name, { ...row, ordinal: row.ordinal ?? nextOrdinal++ });
    return { rows, nextOrdinal };
  }
}
