import { Injectable } from '@nestjs/common';
import { EnhancerFinder } from '../../../execution/enhancers/enhancer-finder.js';
import {
  type RegisteredEntry,
  RegistryEditor,
} from '../../../primitives/run-time/registry-editor.js';
import type { RegistryDraft } from '../../../registry/registry-draft.js';
import { ToolCatalog } from '../catalog/tool-catalog.js';
import type { ToolEntry } from '../definition/tool-entry.interface.js';
import { TOOL } from '../definition/tool-kind.js';
import { RunTimeToolFactory } from './run-time-tool.factory.js';
import { ToolBuilder } from './tool-builder.js';
import { emptyDraft, type ToolDraft } from './tool-draft.js';
import { ToolEdit, type ToolEdits } from './tool-edit.js';

/** A tool as the registry lists it. */
export type RegisteredTool = RegisteredEntry;

/**
 * The tools of this server, for edits while it runs. A tool added here has everything that a decorated one has:
 * global guards and its own, validation, time limits, concurrency, results. An edit is applied completely or not at
 * all, and clients are notified once.
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
export class McpRegistry extends RegistryEditor<ToolEntry, ToolEdit, ToolDraft> {
  constructor(
    catalog: ToolCatalog,
    enhancers: EnhancerFinder,
    private readonly factory: RunTimeToolFactory,
  ) {
    super(catalog, enhancers);
  }

  /** Begins a tool whose name is free. `handle()` adds it, at the end of the list. */
  tool(name: string): ToolBuilder {
    return new ToolBuilder(emptyDraft(name), (draft, handler) =>
      this.change((edit) => edit.addEntry(draft, handler)),
    );
  }

  /** Begins a tool that replaces the one with its name. `handle()` replaces it; running calls of the old one end normally. */
  replace(name: string): ToolBuilder {
    return new ToolBuilder(emptyDraft(name), (draft, handler) =>
      this.change((edit) => edit.replaceEntry(draft, handler)),
    );
  }

  /**
   * Applies several edits as one: clients see all of them or none, and are notified once.
   * @param edits runs synchronously, before this returns. If it throws, nothing is applied.
   * @throws McpEditException with everything that is wrong.
   */
  edit(edits: (tools: ToolEdits) => void): void {
    this.change(edits);
  }

  protected override begin(draft: RegistryDraft<ToolEntry>): ToolEdit {
    return new ToolEdit(TOOL, draft, this.factory);
  }
}
