import { RegistryEdit } from '../../../primitives/run-time/registry-edit.js';
import type { ToolEntry } from '../definition/tool-entry.interface.js';
import { ToolBuilder } from './tool-builder.js';
import { emptyDraft, type ToolDraft } from './tool-draft.js';

/** What can be done with the tools of a server, within `registry.edit()` and on the registry itself. */
export interface ToolEdits {
  /** Begins a tool whose name is free. */
  tool(name: string): ToolBuilder;
  /** Begins a tool that replaces the one with its name, decorated or not. */
  replace(name: string): ToolBuilder;
  /** Removes a tool. Running calls of it end normally. */
  remove(name: string): void;
  /** Shows a disabled tool again, in its old position. */
  enable(name: string): void;
  /** Hides a tool from every client and keeps its position. Calls of it are answered like those of an unknown tool. */
  disable(name: string): void;
}

/** The edits of one `registry.edit()`. */
export class ToolEdit extends RegistryEdit<ToolEntry, ToolDraft> implements ToolEdits {
  tool(name: string): ToolBuilder {
    return new ToolBuilder(emptyDraft(name), (draft, handler) => this.addEntry(draft, handler));
  }

  replace(name: string): ToolBuilder {
    return new ToolBuilder(emptyDraft(name), (draft, handler) => this.replaceEntry(draft, handler));
  }
}
