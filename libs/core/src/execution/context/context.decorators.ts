import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { CONTEXT_INDEX } from './enhancer-arguments.js';
import type { McpContext } from './mcp-context.js';

/** Returns a value from the context of a call. */
export type ContextReader = (context: McpContext) => unknown;

/** Reports the progress of a call, as {@link McpContext.progress} does. */
export type ReportProgress = McpContext['progress'];

type Decorator = () => ParameterDecorator;

interface Known {
  readonly name: string;
  readonly read: ContextReader;
}

const decorators = new Map<unknown, Known>();

/** Binds a parameter of a tool to the {@link McpContext} of the call. */
export const Ctx: Decorator = contextDecorator('Ctx', (context) => context);

/** Binds a parameter of a tool to the call's `AbortSignal`; see {@link McpContext.signal}. */
export const Signal: Decorator = contextDecorator('Signal', (context) => context.signal);

/** Binds a parameter of a tool to a {@link ReportProgress} function. */
export const Progress: Decorator = contextDecorator(
  'Progress',
  (context): ReportProgress =>
    (...report) =>
      context.progress(...report),
);

/** The reader of a decorator of this file, by the factory that Nest stores for it; undefined for any other factory. */
export function contextReader(factory: unknown): ContextReader | undefined {
  return decorators.get(factory)?.read;
}

/** The name of a decorator of this file, by its factory; undefined for any other factory. */
export function contextDecoratorName(factory: unknown): string | undefined {
  return decorators.get(factory)?.name;
}

/** Creates a parameter decorator for Nest. A direct call, without Nest's pipeline, finds its reader by the factory. */
function contextDecorator(name: string, read: ContextReader): Decorator {
  const factory = (_data: unknown, context: ExecutionContext): unknown =>
    read(context.getArgByIndex(CONTEXT_INDEX));
  decorators.set(factory, { name, read });
  return createParamDecorator(factory);
}
