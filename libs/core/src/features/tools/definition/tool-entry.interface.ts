import type { PrimitiveEntry } from '../../../primitives/entry/primitive-entry.interface.js';
import type { ToolDefinition } from '../../../protocol/codecs/revision-codec.js';
import type { ParamHeader } from '../../../protocol/stateless/param-headers.js';
import type { SchemaSource } from '../../../schema/schema-source.js';

/** A tool, ready to be listed and called. */
export interface ToolEntry extends PrimitiveEntry {
  readonly definition: ToolDefinition;
  /** Schema of its results; undefined if it has none. */
  readonly output: SchemaSource | undefined;
  /** Arguments that clients of 2026-07-28 repeat as headers; undefined if there are none. */
  readonly paramHeaders: readonly ParamHeader[] | undefined;
}
