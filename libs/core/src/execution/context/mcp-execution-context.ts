import type { ArgumentsHost, ExecutionContext } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { McpPeer } from '../../interfaces/mcp-call.interface.js';
import type { JsonObject } from '../../interfaces/json.js';
import type { McpPrimitive } from '../../interfaces/mcp-primitive.interface.js';
import { McpContext, type McpPhase } from './mcp-context.js';
import { ARGUMENTS_INDEX, CONTEXT_INDEX } from './enhancer-arguments.js';

/**
 * A tool call, as a guard, an interceptor or a filter sees it, beyond the HTTP request.
 *
 * @example
 * if (McpExecutionContext.isMcp(context)) audit(McpExecutionContext.create(context).getTool().name);
 */
export class McpExecutionContext extends ExecutionContextHost {
  /**
   * Whether a context belongs to a tool call, and not to a request to a route. `getType()` is `'http'` for both; it
   * is `'mcp'` for a call over stdio, which has no HTTP request.
   */
  static isMcp(context: ArgumentsHost): boolean {
    return context.getArgByIndex<unknown>(CONTEXT_INDEX) instanceof McpContext;
  }

  /**
   * Converts the context of an enhancer. Also accepts the `ArgumentsHost` of a filter, for which `getClass()` and
   * `getHandler()` return null.
   * @throws TypeError when the context does not belong to a tool call
   */
  static create(context: ArgumentsHost & Partial<ExecutionContext>): McpExecutionContext {
    if (!McpExecutionContext.isMcp(context))
      throw new TypeError('Not an MCP call: check McpExecutionContext.isMcp() first');
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

  /** The primitive that is called: its kind (`tool`), its name, and the method or function behind it. */
  getPrimitive(): McpPrimitive {
    return this.getContext().primitive;
  }

  /** The same as {@link getPrimitive}, of any kind: check `kind` where a server has other primitives than tools. */
  getTool(): McpPrimitive {
    return this.getPrimitive();
  }

  /**
   * `'list'` while a guard decides whether the caller may see the tool (`@McpVisibility()`). The tool is not called,
   * and the arguments are empty. `'call'` in a call.
   */
  getPhase(): McpPhase {
    return this.getContext().phase;
  }

  /** The arguments as the client sent them, before transformation and validation. */
  getArguments(): JsonObject {
    return this.getArgByIndex(ARGUMENTS_INDEX);
  }

  /** The client: its protocol revision, name, version and capabilities, as it announced them. */
  getClient(): McpPeer {
    return this.getContext().peer;
  }

  /** The id of the session that the call belongs to; undefined without a session. It is a secret of the client: do not log it. */
  getSessionId(): string | undefined {
    return this.getContext().sessionId;
  }
}
