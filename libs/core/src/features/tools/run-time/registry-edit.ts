import {
  ASYNCHRONOUS_EDIT,
  EDIT_HALF_DONE,
  EDIT_IS_OVER,
  NAME_TAKEN,
  NO_SUCH_TOOL,
} from '../../../messages/registry.messages.js';
import { McpEditException } from '../../../messages/mcp-edit.exception.js';
import type { RegistryDraft } from '../../../registry/registry-draft.js';
import type { ToolEntry } from '../tool.entry.js';
import type { RunTimeToolFactory } from './run-time-tool.factory.js';
import { type AnyToolHandler, emptyDraft, type ToolDraft } from './tool-draft.js';
import { ToolBuilder } from './tool.builder.js';

/** What can be done to the tools of a server, within `registry.edit()` and on the registry itself. */
export interface ToolEdits {
  /** Begins a tool of a name that is free. */
  tool(name: string): ToolBuilder;
  /** Begins a tool in the place of the one with its name, decorated or not. */
  replace(name: string): ToolBuilder;
  /** Takes a tool away. A call of it that runs ends as if nothing was. */
  remove(name: string): void;
  /** Brings a disabled tool back, to where it was. */
  enable(name: string): void;
  /** Hides a tool from everybody, and keeps its place; to callers, its name is an unknown one. */
  disable(name: string): void;
}

/** The edits of one `registry.edit()`: kept until its end, and what is wrong with any of them, too. */
export class RegistryEdit implements ToolEdits {
  readonly problems: string[] = [];
  private isOver = false;

  constructor(
    readonly draft: RegistryDraft<ToolEntry>,
    private readonly factory: RunTimeToolFactory,
  ) {}

  tool(name: string): ToolBuilder {
    return this.builder(name, 'tool');
  }

  replace(name: string): ToolBuilder {
    return this.builder(name, 'replace');
  }

  remove(name: string): void {
    this.existing('remove', name, () => this.draft.remove(name));
  }

  enable(name: string): void {
    this.existing('enable', name, () => this.draft.enable(name, true));
  }

  disable(name: string): void {
    this.existing('disable', name, () => this.draft.enable(name, false));
  }

  /** Does edits as a part of this one. Those that throw half-way spoil it, also where somebody catches that. */
  include(edits: (edit: RegistryEdit) => unknown): void {
    try {
      atOnce(edits(this));
    } catch (thrown) {
      this.problems.push(EDIT_HALF_DONE);
      throw thrown;
    }
  }

  /** After this, whoever kept the edit (or a builder of it) cannot use it. */
  end(): void {
    this.isOver = true;
  }

  /** Adds a tool, or puts it in the place of another one. */
  make(kind: 'tool' | 'replace', draft: ToolDraft, handler: AnyToolHandler): void {
    this.assertOpen();
    const there = this.draft.get(draft.name);
    const made = this.factory.create(draft, handler);
    const problems = [...('problems' in made ? made.problems : [])];
    if (kind === 'tool' && there) problems.unshift(NAME_TAKEN(draft.name, there.where));
    if (kind === 'replace' && !there) problems.unshift(NO_SUCH_TOOL(kind, draft.name));
    this.problems.push(...problems);
    if (problems.length > 0 || 'problems' in made) return;
    if (kind === 'tool') this.draft.add(made);
    else this.draft.replace(made);
  }

  private builder(name: string, kind: 'tool' | 'replace'): ToolBuilder {
    return new ToolBuilder(emptyDraft(name), (draft, handler) => this.make(kind, draft, handler));
  }

  private existing(edit: string, name: string, apply: () => void): void {
    this.assertOpen();
    if (this.draft.get(name) === undefined) this.problems.push(NO_SUCH_TOOL(edit, name));
    else apply();
  }

  private assertOpen(): void {
    if (this.isOver) throw new McpEditException([EDIT_IS_OVER]);
  }
}

function atOnce(returned: unknown): void {
  if (!(returned instanceof Promise)) return;
  // It fails because it is too late for its edits; nobody else would hear of that.
  returned.catch(() => undefined);
  throw new McpEditException([ASYNCHRONOUS_EDIT]);
}
