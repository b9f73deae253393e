import type { PrimitiveKind } from '../../interfaces/primitive-kind.interface.js';
import { McpEditException } from '../../messages/mcp-edit.exception.js';
import {
  ASYNCHRONOUS_EDIT,
  EDIT_HALF_DONE,
  EDIT_IS_OVER,
  NAME_IN_USE,
  NO_SUCH_PRIMITIVE,
} from '../../messages/registry.messages.js';
import type { RegistryDraft } from '../../registry/registry-draft.js';
import type { PrimitiveEntry } from '../entry/primitive-entry.interface.js';
import type { AnyHandler, PrimitiveDraft } from './primitive-draft.interface.js';

/** Makes the entry of a draft, or returns its problems. */
export interface EntryFactory<Entry, Draft> {
  create(draft: Draft, handler: AnyHandler): Entry | { readonly problems: readonly string[] };
}

/** The edits of one `registry.edit()`. They are kept until it ends, with all their problems. */
export abstract class RegistryEdit<Entry extends PrimitiveEntry, Draft extends PrimitiveDraft> {
  readonly problems: string[] = [];
  private isOver = false;

  constructor(
    private readonly kind: PrimitiveKind,
    readonly draft: RegistryDraft<Entry>,
    private readonly factory: EntryFactory<Entry, Draft>,
  ) {}

  remove(name: string): void {
    this.existing('remove', name, () => this.draft.remove(name));
  }

  enable(name: string): void {
    this.existing('enable', name, () => this.draft.enable(name, true));
  }

  disable(name: string): void {
    this.existing('disable', name, () => this.draft.enable(name, false));
  }

  /** Adds an entry whose name is free. */
  addEntry(draft: Draft, handler: AnyHandler): void {
    this.assertOpen();
    const existing = this.draft.get(draft.name);
    const problems = existing ? [NAME_IN_USE(this.named(draft.name), existing.where)] : [];
    const entry = this.created(draft, handler, problems);
    if (entry !== undefined) this.draft.add(entry);
  }

  /** Replaces the entry that has the name. */
  replaceEntry(draft: Draft, handler: AnyHandler): void {
    this.assertOpen();
    const isKnown = this.draft.get(draft.name) !== undefined;
    const problems = isKnown ? [] : [NO_SUCH_PRIMITIVE('replace', this.named(draft.name))];
    const entry = this.created(draft, handler, problems);
    if (entry !== undefined) this.draft.replace(entry);
  }

  /** Runs edits as a part of this edit. If they throw, this edit fails, even if the error is caught. */
  include(edits: (edit: this) => unknown): void {
    try {
      assertSynchronous(edits(this));
    } catch (thrown) {
      this.problems.push(EDIT_HALF_DONE);
      throw thrown;
    }
  }

  /** Ends the edit. It cannot be used after that, nor can its builders. */
  end(): void {
    this.isOver = true;
  }

  private created(draft: Draft, handler: AnyHandler, problems: string[]): Entry | undefined {
    const made = this.factory.create(draft, handler);
    if ('problems' in made) problems.push(...made.problems);
    this.problems.push(...problems);
    return problems.length > 0 || 'problems' in made ? undefined : made;
  }

  private existing(edit: string, name: string, apply: () => void): void {
    this.assertOpen();
    if (this.draft.get(name) === undefined)
      this.problems.push(NO_SUCH_PRIMITIVE(edit, this.named(name)));
    else apply();
  }

  private named(name: string): { readonly kind: string; readonly name: string } {
    return { kind: this.kind.name, name };
  }

  private assertOpen(): void {
    if (this.isOver) throw new McpEditException([EDIT_IS_OVER]);
  }
}

function assertSynchronous(returned: unknown): void {
  if (!(returned instanceof Promise)) return;
  // The promise rejects because its edits come too late. Without a handler, that would end the process.
  returned.catch(() => undefined);
  throw new McpEditException([ASYNCHRONOUS_EDIT]);
}
