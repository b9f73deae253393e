import type { PrimitiveKind } from '../../interfaces/primitive-kind.interface.js';
import type { ListChanges } from '../../registry/list-changes.js';
import { PrimitiveRegistry, type RegistrySnapshot } from '../../registry/primitive.registry.js';
import { RegistryDraft, type Row } from '../../registry/registry-draft.js';
import type { PrimitiveEntry } from '../entry/primitive-entry.interface.js';

/** Every primitive of one kind that this server has, decorated or added at run time, in the order of the list. */
export abstract class PrimitiveCatalog<Entry extends PrimitiveEntry> {
  private readonly registry = new PrimitiveRegistry<Entry>();

  constructor(
    private readonly kind: PrimitiveKind,
    private readonly changes: ListChanges,
  ) {}

  /**
   * Adds an entry at boot.
   * @returns the entry that has its name already, if there is one; nothing is added then.
   */
  add(entry: Entry): Entry | undefined {
    return this.registry.add(entry);
  }

  /** Number of entries, disabled ones included. */
  get size(): number {
    return this.registry.size;
  }

  /** An entry that is not disabled. */
  get(name: string): Entry | undefined {
    return this.registry.get(name);
  }

  /** Every entry, disabled ones included. */
  rows(): ReadonlyMap<string, Row<Entry>> {
    return this.registry.rows();
  }

  get snapshot(): RegistrySnapshot<Entry> {
    return this.registry.snapshot;
  }

  draft(): RegistryDraft<Entry> {
    return new RegistryDraft(this.registry.rows());
  }

  /** Replaces the state by a draft. If that changes the list, clients are notified once. */
  commit(draft: RegistryDraft<Entry>): void {
    if (this.registry.commit(draft)) this.changes.emit(this.kind.list);
  }
}
