import type { JsonObject, JsonSchema } from '../../interfaces/json.js';
import type { McpIcon } from '../../interfaces/mcp-icon.interface.js';
import type { ContentBlock, Tool } from '../sdk.js';

/** A tool as no revision limits it: its output schema may be of any JSON value. */
export interface ToolDefinition extends Pick<
  Tool,
  'name' | 'title' | 'description' | 'inputSchema' | 'annotations'
> {
  readonly outputSchema?: JsonSchema;
  readonly icons?: readonly McpIcon[];
  readonly _meta?: JsonObject;
}

/** What a server says of itself, as no revision limits it. */
export interface ServerDefinition {
  readonly name: string;
  readonly version: string;
  readonly title?: string;
  readonly websiteUrl?: string;
  readonly icons?: readonly McpIcon[];
}

/** The result of a call as no revision limits it: its structured content may be any JSON value. */
export interface ToolResult {
  readonly content: readonly ContentBlock[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean;
  readonly _meta?: unknown;
}

/** What a revision can carry of servers and tools. */
export interface RevisionCodec extends StructureCodec {
  /** What a server says of itself, with only what the revision has. */
  server(definition: ServerDefinition): ServerDefinition;
}

/** What a revision can carry of schemas and structured content. */
export interface StructureCodec {
  /** The definition with only what the revision has. */
  tool(definition: ToolDefinition): JsonObject;
  /** The result with only what the revision has; `outputSchema` is that of the tool's definition. */
  result(result: ToolResult, outputSchema: JsonSchema | undefined): JsonObject;
}
