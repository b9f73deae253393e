import type { McpContext } from '../../execution/context/mcp-context.js';
import type { CallLimitOptions } from '../entry/call-limits.js';

/** A function that is called for a primitive added at run time, with any arguments. */
export type AnyHandler = (args: never, context: McpContext) => unknown;

/** What is known of a primitive before it is added at run time. */
export interface PrimitiveDraft {
  readonly name: string;
  /** Decorators in the order in which they would stand above a method. */
  readonly decorators: readonly MethodDecorator[];
  readonly options: CallLimitOptions;
}
