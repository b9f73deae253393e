import type { EnhancerFinder } from '../../execution/enhancers/enhancer-finder.js';
import { McpEditException } from '../../messages/mcp-edit.exception.js';
import { EDIT_TOO_EARLY } from '../../messages/registry.messages.js';
import type { RegistryDraft } from '../../registry/registry-draft.js';
import type { PrimitiveCatalog } from '../catalog/primitive-catalog.js';
import type { PrimitiveEntry } from '../entry/primitive-entry.interface.js';
import type { PrimitiveDraft } from './primitive-draft.interface.js';
import type { RegistryEdit } from './registry-edit.js';

/** An entry as the registry lists it. */
export interface RegisteredEntry {
  readonly name: string;
  /** False while it is disabled. */
  readonly isEnabled: boolean;
}

/** Edits the entries of one catalog while the server runs: all of an edit is applied, or nothing. */
export abstract class RegistryEditor<
  Entry extends PrimitiveEntry,
  Edit extends RegistryEdit<Entry, Draft>,
  Draft extends PrimitiveDraft,
> {
  private open: Edit | undefined;

  constructor(
    private readonly catalog: PrimitiveCatalog<Entry>,
    private readonly enhancers: EnhancerFinder,
  ) {}

  /**
   * Removes an entry. Running calls of it end normally.
   * @throws McpEditException when no entry has the name.
   */
  remove(name: string): void {
    this.change((edit) => edit.remove(name));
  }

  /**
   * Enables an entry again.
   * @throws McpEditException when no entry has the name.
   */
  enable(name: string): void {
    this.change((edit) => edit.enable(name));
  }

  /**
   * Hides an entry, decorated or not, from every list. Calls of it are answered like those of an unknown name.
   * @throws McpEditException when no entry has the name.
   */
  disable(name: string): void {
    this.change((edit) => edit.disable(name));
  }

  /** Whether an entry has the name, disabled ones included. */
  has(name: string): boolean {
    return this.catalog.rows().has(name);
  }

  /** Every entry in the order of the list, disabled ones included. */
  list(): readonly RegisteredEntry[] {
    return [...this.catalog.rows().values()].map(({ entry: { name }, isEnabled }) => ({
      name,
      isEnabled,
    }));
  }

  /** Begins an edit of a draft of the catalog. */
  protected abstract begin(draft: RegistryDraft<Entry>): Edit;

  /**
   * Runs edits and applies them together; an edit within another one is a part of it.
   * @throws McpEditException with everything that is wrong.
   */
  protected change(edits: (edit: Edit) => unknown): void {
    if (this.open !== undefined) {
      this.open.include(edits);
      return;
    }
    if (!this.enhancers.areFinal) throw new McpEditException([EDIT_TOO_EARLY]);
    const edit = this.begin(this.catalog.draft());
    this.open = edit;
    try {
      edit.include(edits);
    } finally {
      edit.end();
      this.open = undefined;
    }
    if (edit.problems.length > 0) throw new McpEditException(edit.problems);
    this.catalog.commit(edit.draft);
  }
}
