import type { PrimitiveDraft } from '../../../primitives/run-time/primitive-draft.interface.js';
import type { SchemaLike } from '../../../schema/standard/schema-like.interface.js';
import type { RunTimeToolOptions } from '../definition/tool-options.interface.js';

/** What is known of a tool before it is added. */
export interface ToolDraft extends PrimitiveDraft {
  readonly title?: string;
  readonly description?: string;
  readonly input?: SchemaLike;
  readonly output?: SchemaLike;
  readonly options: RunTimeToolOptions;
}

export function emptyDraft(name: string): ToolDraft {
  return { name, options: {}, decorators: [] };
}
