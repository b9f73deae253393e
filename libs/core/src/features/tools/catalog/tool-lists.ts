import { Inject, Injectable } from '@nestjs/common';
import { MCP_SETTINGS } from '../../../interfaces/mcp.tokens.js';
import type { McpSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { PrimitiveLists } from '../../../primitives/lists/primitive-lists.js';
import { ToolCatalog } from './tool-catalog.js';
import type { ToolEntry } from '../definition/tool-entry.interface.js';
import { TOOL } from '../definition/tool-kind.js';

/** The answers of `tools/list`. */
@Injectable()
export class ToolLists extends PrimitiveLists<ToolEntry> {
  constructor(catalog: ToolCatalog, @Inject(MCP_SETTINGS) settings: McpSettings) {
    super(TOOL, catalog, settings, ({ definition }, codec) => codec.tool(definition));
  }
}
