import { Injectable } from '@nestjs/common';
import { EnhancerFinder } from '../../../execution/enhancers/enhancer-finder.js';
import { McpEditException } from '../../../messages/mcp-edit.exception.js';
import { EDIT_TOO_EARLY } from '../../../messages/registry.messages.js';
import { ToolCatalog } from '../tool.catalog.js';
import { RegistryEdit, type ToolEdits } from './registry-edit.js';
import { RunTimeToolFactory } from './run-time-tool.factory.js';
import { emptyDraft } from './tool-draft.js';
import { ToolBuilder } from './tool.builder.js';

/** A tool as the registry lists it. */
export interface RegisteredTool {
  readonly name: string;
  /** False while it is disabled. */
  readonly isEnabled: boolean;
}

/**
 * The tools of this server, to be edited while it runs. Tools that are added have all that decorated ones
 * have: global guards and their own, validation, time limits, turns, results. Every edit is done at once or
 * not at all, and is told to every client, once.
 *
 * @example
 * registry
 *   .tool('cancel_order')
 *   .description('Cancel an order')
 *   .input(CancelOrder)
 *   .decorate(UseGuards(RolesGuard), Roles('clerk'))
 *   .handle((order, ctx) => orders.cancel(order.id, ctx.signal));
 */
@Injectable()
export class McpRegistry implements ToolEdits {
  private open: RegistryEdit | undefined;

  constructor(
    private readonly catalog: ToolCatalog,
    private readonly factory: RunTimeToolFactory,
    private readonly enhancers: EnhancerFinder,
  ) {}

  /** Begins a tool of a name that is free; `handle()` adds it, at the end of the list. */
  tool(name: string): ToolBuilder {
    return this.builder(name, 'tool');
  }

  /** Begins a tool in the place of the one with its name; `handle()` puts it there. Running calls of the other end normally. */
  replace(name: string): ToolBuilder {
    return this.builder(name, 'replace');
  }

  /** @throws McpEditException when there is none of that name. A running call of it ends normally. */
  remove(name: string): void {
    this.edit((tools) => tools.remove(name));
  }

  /** @throws McpEditException when there is none of that name. */
  enable(name: string): void {
    this.edit((tools) => tools.enable(name));
  }

  /**
   * Takes a tool, decorated or not, out of every list; calls of it are answered as those of an unknown one.
   * @throws McpEditException when there is none of that name.
   */
  disable(name: string): void {
    this.edit((tools) => tools.disable(name));
  }

  /** Whether there is a tool of that name, disabled or not. */
  has(name: string): boolean {
    return this.catalog.rows().has(name);
  }

  /** Every tool in the order of the list, disabled ones included. */
  list(): readonly RegisteredTool[] {
    return [...this.catalog.rows().values()].map(({ entry: { name }, isEnabled }) => ({
      name,
      isEnabled,
    }));
  }

  /**
   * Does several edits as one: clients see all of them or none, and are told once.
   * @param edits done at once, before this returns; what it throws is thrown, and nothing is done.
   * @throws McpEditException with everything that is wrong.
   */
  edit(edits: (tools: ToolEdits) => void): void {
    this.change(edits);
  }

  /** An edit within another one is a part of it. */
  private change(edits: (edit: RegistryEdit) => unknown): void {
    if (this.open !== undefined) {
      this.open.include(edits);
      return;
    }
    if (!this.enhancers.areFinal) throw new McpEditException([EDIT_TOO_EARLY]);
    const edit = new RegistryEdit(this.catalog.draft(), this.factory);
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

  /** A builder whose end is an edit. */
  private builder(name: string, kind: 'tool' | 'replace'): ToolBuilder {
    return new ToolBuilder(emptyDraft(name), (draft, handler) =>
      this.change((edit) => edit.make(kind, draft, handler)),
    );
  }
}
