import type { JsonSchema } from '../../../interfaces/json.js';
import type { ToolDefinition } from '../../../protocol/codecs/revision-codec.js';
import type { Tool, ToolAnnotations } from '../../../protocol/sdk.js';
import type { McpToolOptions } from './tool-options.interface.js';

/** The tool as `tools/list` shows it, before a revision's codec removes what that revision does not have. */
export function toolDefinition(
  name: string,
  options: McpToolOptions,
  description: string | undefined,
  inputSchema: JsonSchema,
  outputSchema?: JsonSchema,
): ToolDefinition {
  const annotations = annotationsOf(options);
  return {
    name,
    ...(options.title !== undefined && { title: options.title }),
    ...(description !== undefined && { description }),
    inputSchema: inputSchema as Tool['inputSchema'],
    ...(outputSchema !== undefined && { outputSchema }),
    ...(annotations !== undefined && { annotations }),
    ...(options.icons !== undefined && options.icons.length > 0 && { icons: options.icons }),
    ...(options.meta !== undefined && { _meta: options.meta }),
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
