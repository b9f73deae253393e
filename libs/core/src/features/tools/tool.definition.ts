import type { JsonSchema } from '../../interfaces/json.js';
import type { Tool, ToolAnnotations } from '../../protocol/sdk.js';
import type { McpToolOptions } from './tool-options.interface.js';

/** The tool as `tools/list` shows it. */
export function toolDefinition(
  name: string,
  options: McpToolOptions,
  description: string | undefined,
  inputSchema: JsonSchema,
): Tool {
  const annotations = annotationsOf(options);
  return {
    name,
    ...(options.title !== undefined && { title: options.title }),
    ...(description !== undefined && { description }),
    inputSchema: inputSchema as Tool['inputSchema'],
    ...(annotations !== undefined && { annotations }),
  };
}

function annotationsOf(options: McpToolOptions): ToolAnnotations | undefined {
  const set = Object.entries({
    title: options.title,
    readOnlyHint: options.readOnly,
    destructiveHint: options.destructive,
    idempotentHint: options.idempotent,
    openWorldHint: options.openWorld,
  }).filter(([, value]) => value !== undefined);
  return set.length > 0 ? Object.fromEntries(set) : undefined;
}
