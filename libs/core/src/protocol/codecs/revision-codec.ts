import type { JsonObject, JsonSchema } from '../../interfaces/json.js';
import type { McpIcon } from '../../interfaces/mcp-icon.interface.js';
import type { ContentBlock, Tool } from '../sdk.js';

/** A tool with the members of all revisions. Its output schema may describe any JSON value. */
export interface ToolDefinition extends Pick<
  Tool,
  'name' | 'title' | 'description' | 'inputSchema' | 'annotations'
> {
  readonly outputSchema?: JsonSchema;
  readonly icons?: readonly McpIcon[];
  readonly _meta?: JsonObject;
}

/** The description of a server, with the members of all revisions. */
export interface ServerDefinition {
  readonly name: string;
  readonly version: string;
  readonly title?: string;
  readonly websiteUrl?: string;
  readonly icons?: readonly McpIcon[];
}

/** The result of a call, with the members of all revisions. Its structured content may be any JSON value. */
export interface ToolResult {
  readonly content: readonly ContentBlock[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean;
  readonly _meta?: unknown;
}

/** Converts servers, tools and results to what a revision supports. */
export interface RevisionCodec extends StructureCodec {
  /** Returns the description of the server with only the members that the revision has. */
  server(definition: ServerDefinition): ServerDefinition;
}

/** Converts tools and results to what a revision supports. */
export interface StructureCodec {
  /** Returns the tool with only the members that the revision has. */
  tool(definition: ToolDefinition): JsonObject;
  /** Returns the result with only the members that the revision has. `outputSchema` is that of the tool. */
  result(result: ToolResult, outputSchema: JsonSchema | undefined): JsonObject;
}
