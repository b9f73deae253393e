import type { ArgumentsHost, ExecutionContext } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { McpPeer } from '../../interfaces/mcp-call.interface.js';
import type { JsonObject } from '../../interfaces/json.js';
import { McpContext, type McpPhase } from './mcp-context.js';
import { ARGUMENTS_INDEX, CONTEXT_INDEX } from './enhancer-arguments.js';

/**
 * What a guard, interceptor, pipe or filter can know of a tool call beyond the HTTP request.
 *
 * @example
 * if (McpExecutionContext.isMcp(context)) audit(McpExecutionContext.create(context).getTool().name);
 */
export class McpExecutionContext extends ExecutionContextHost {
  /**
   * Tells a tool call from a request to a route; `getType()` is `'http'` for both, and `'mcp'` where a call
   * came by stdio, without any HTTP request.
   */
  static isMcp(context: ArgumentsHost): boolean {
    return context.getArgByIndex<unknown>(CONTEXT_INDEX) instanceof McpContext;
  }

  /**
   * Takes the `ArgumentsHost` of a filter too; a filter is not told class and handler, so both are null there.
   * @throws TypeError when the context is not that of a tool call.
   */
  static create(context: ArgumentsHost & Partial<ExecutionContext>): McpExecutionContext {
    if (!McpExecutionContext.isMcp(context))
      throw new TypeError('Not a tool call: ask McpExecutionContext.isMcp() first');
    const mcp = new McpExecutionContext(
      context.getArgs(),
      context.getClass?.(),
      context.getHandler?.(),
    );
    mcp.setType(context.getType());
    return mcp;
  }

  getContext(): McpContext {
    return this.getArgByIndex(CONTEXT_INDEX);
  }

  /** The tool that is called. */
  getTool(): { readonly name: string } {
    return this.getContext().tool;
  }

  /**
   * `'list'` where a guard only decides whether the caller may see the tool (`@McpVisibility()`): nothing
   * is called then, and there are no arguments. `'call'` in a call.
   */
  getPhase(): McpPhase {
    return this.getContext().phase;
  }

  /** The arguments as the client sent them: not transformed, and not validated yet. */
  getArguments(): JsonObject {
    return this.getArgByIndex(ARGUMENTS_INDEX);
  }

  /** Who is calling: protocol revision, name and version, capabilities, as the client told them. */
  getClient(): McpPeer {
    return this.getContext().peer;
  }

  /** Id of the session the call belongs to; a secret of its client, not to be logged. */
  getSessionId(): string | undefined {
    return this.getContext().sessionId;
  }
}
