import type { PrimitiveKind } from '../../../interfaces/primitive-kind.interface.js';

/** Tools: `tools/list` and `tools/call`. */
export const TOOL: PrimitiveKind = {
  name: 'tool',
  list: 'tools',
  typeDecorator: 'McpToolType',
  methodDecorator: 'McpTool',
  typeKey: 'nestmcp:tool-type',
  methodKey: 'nestmcp:tool',
};
