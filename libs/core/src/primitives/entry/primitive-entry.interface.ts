import type { Invoke } from '../../execution/invocation/invoke.interface.js';
import type { DeadlineLimits } from '../../execution/limits/call-deadline.js';
import type { ConcurrencyLimiter } from '../../execution/limits/concurrency-limiter.js';
import type { VisibilityCheck } from '../../execution/visibility/visibility-check.js';
import type { McpPrimitive } from '../../interfaces/mcp-primitive.interface.js';

/** The limits of the calls of one primitive. */
export interface CallLimits {
  readonly deadline: DeadlineLimits;
  /** Undefined if any number of calls may run at once. */
  readonly limiter: ConcurrencyLimiter | undefined;
}

/** A method or a function, ready to be called as a primitive. */
export interface BoundPrimitive extends McpPrimitive, CallLimits {
  /** Name of the module that provides it. */
  readonly moduleName: string;
  readonly invoke: Invoke;
  /** Whether a caller may see it; undefined if every caller may. */
  readonly isVisible: VisibilityCheck | undefined;
}

/** A primitive, ready to be listed and called. */
export interface PrimitiveEntry extends BoundPrimitive {
  /** What clients see in the list, before a revision's codec removes what that revision does not have. */
  readonly definition: { readonly name: string };
  /** MIME type of the bytes that it returns; undefined to detect it. */
  readonly mimeType?: string | undefined;
}
