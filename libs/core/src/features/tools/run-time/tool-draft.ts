import type { McpContext } from '../../../execution/context/mcp-context.js';
import type { SchemaLike } from '../../../schema/sources/schema-like.interface.js';
import type { McpToolOptions } from '../tool-options.interface.js';

/** A function that a tool added at run time calls, whatever its arguments are. */
export type AnyToolHandler = (args: never, context: McpContext) => unknown;

/** Options of a tool that have no method of their own in the builder. */
export type RunTimeToolOptions = Omit<
  McpToolOptions,
  'name' | 'title' | 'description' | 'input' | 'output'
>;

/** What is known of a tool before it is made. */
export interface ToolDraft {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly input?: SchemaLike;
  readonly output?: SchemaLike;
  readonly options: RunTimeToolOptions;
  /** As if they stood above a method, in this order. */
  readonly decorators: readonly MethodDecorator[];
}

export function emptyDraft(name: string): ToolDraft {
  return { name, options: {}, decorators: [] };
}
