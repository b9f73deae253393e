import { Injectable } from '@nestjs/common';
import { ListChanges } from '../../registry/list-changes.js';
import { PrimitiveRegistry, type RegistrySnapshot } from '../../registry/primitive.registry.js';
import { RegistryDraft, type Row } from '../../registry/registry-draft.js';
import type { ToolEntry } from './tool.entry.js';

/** Every tool of this server, decorated or added at run time, by name and in the order of the list. */
@Injectable()
export class ToolCatalog {
  private readonly registry = new PrimitiveRegistry<ToolEntry>();

  constructor(private readonly changes: ListChanges) {}

  /** Adds a tool at boot; gives the one that has its name already, if any, and then changes nothing. */
  add(entry: ToolEntry): ToolEntry | undefined {
    return this.registry.add(entry);
  }

  /** How many there are, disabled ones included. */
  get size(): number {
    return this.registry.size;
  }

  /** A tool that is not disabled. */
  get(name: string): ToolEntry | undefined {
    return this.registry.get(name);
  }

  /** Every tool, disabled ones included. */
  rows(): ReadonlyMap<string, Row<ToolEntry>> {
    return this.registry.rows();
  }

  get snapshot(): RegistrySnapshot<ToolEntry> {
    return this.registry.snapshot;
  }

  draft(): RegistryDraft<ToolEntry> {
    return new RegistryDraft(this.registry.rows());
  }

  /** Makes a draft the state, and tells of it, once, where the list is another then. */
  commit(draft: RegistryDraft<ToolEntry>): void {
    if (this.registry.commit(draft)) this.changes.emit('tools');
  }
}
