import { Injectable } from '@nestjs/common';
import { PrimitiveCatalog } from '../../../primitives/catalog/primitive-catalog.js';
import { ListChanges } from '../../../registry/list-changes.js';
import type { ToolEntry } from '../definition/tool-entry.interface.js';
import { TOOL } from '../definition/tool-kind.js';

/** The tools of this server. */
@Injectable()
export class ToolCatalog extends PrimitiveCatalog<ToolEntry> {
  constructor(changes: ListChanges) {
    super(TOOL, changes);
  }
}
