import type { DeadlineLimits } from '../../execution/limits/call-deadline.js';
import type { ConcurrencyLimiter } from '../../execution/limits/concurrency-limiter.js';
import type { Invoke } from '../../execution/invocation/invoke.interface.js';
import type { VisibilityCheck } from '../../execution/visibility/visibility-check.js';
import type { McpPrimitive } from '../../interfaces/mcp-primitive.interface.js';
import type { ToolDefinition } from '../../protocol/codecs/revision-codec.js';
import type { ParamHeader } from '../../protocol/stateless/param-headers.js';
import type { SchemaSource } from '../../schema/schema-source.js';

/** A tool, ready to be listed and called. */
export interface ToolEntry extends McpPrimitive {
  readonly moduleName: string;
  readonly definition: ToolDefinition;
  /** Undefined where nothing was said of what the tool gives. */
  readonly output: SchemaSource | undefined;
  readonly invoke: Invoke;
  /** Arguments that clients of 2026-07-28 repeat as headers; undefined where there are none. */
  readonly paramHeaders: readonly ParamHeader[] | undefined;
  /** Who may see it; undefined where everybody may. */
  readonly isVisible: VisibilityCheck | undefined;
  /** What bytes that it returns are. */
  readonly mimeType: string | undefined;
  readonly deadline: DeadlineLimits;
  /** Undefined where any number may run at once. */
  readonly limiter: ConcurrencyLimiter | undefined;
}
