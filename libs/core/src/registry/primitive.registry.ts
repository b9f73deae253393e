/** Entries of one kind by name, in declaration order: what is listed twice is listed alike. */
export class PrimitiveRegistry<Entry extends { readonly name: string }> {
  private readonly entries = new Map<string, Entry>();

  /** Adds an entry; gives the one that has its name already, if any, and then changes nothing. */
  add(entry: Entry): Entry | undefined {
    const taken = this.entries.get(entry.name);
    if (taken === undefined) this.entries.set(entry.name, entry);
    return taken;
  }

  get(name: string): Entry | undefined {
    return this.entries.get(name);
  }

  get size(): number {
    return this.entries.size;
  }

  all(): readonly Entry[] {
    return [...this.entries.values()];
  }
}
