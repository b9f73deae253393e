import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { McpContext } from './mcp-context.js';

/** Position of the context among the arguments that enhancers see: `[request, response, arguments, context]`. */
export const CONTEXT_INDEX = 3;

const contextOf = (_data: unknown, context: ExecutionContext): McpContext =>
  context.getArgByIndex(CONTEXT_INDEX);

/** Binds a parameter of a tool to the {@link McpContext} of the call. */
export const Ctx: () => ParameterDecorator = createParamDecorator(contextOf);

/** Tells our own parameter decorator from the application's, by the factory that Nest stored for it. */
export function isContextParam(factory: unknown): boolean {
  return factory === contextOf;
}
