import type { FeatureProviders } from '../../interfaces/feature-providers.interface.js';
import { McpRegistry } from './run-time/mcp.registry.js';
import { RunTimeToolFactory } from './run-time/run-time-tool.factory.js';
import { ToolCatalog } from './catalog/tool-catalog.js';
import { TOOL } from './definition/tool-kind.js';
import { ToolLists } from './catalog/tool-lists.js';
import { ToolsFeature } from './tools.feature.js';

/** What a server provides for tools. */
export const TOOLS: FeatureProviders = {
  kind: TOOL,
  feature: ToolsFeature,
  providers: [ToolCatalog, ToolLists, RunTimeToolFactory],
  exported: [McpRegistry],
};
