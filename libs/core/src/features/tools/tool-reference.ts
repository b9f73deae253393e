import type { Type } from '@nestjs/common';
import { MCP_SERVERS } from '../../interfaces/mcp.metadata.js';
import { primitiveName } from '../../primitives/entry/primitive-name.js';
import { paramsOf } from '../../schema/decorators/param.decorator.js';
import { TOOL } from './definition/tool-kind.js';
import type { McpToolOptions } from './definition/tool-options.interface.js';

/** What a client needs to call a decorated method. */
export interface ToolReference {
  /** Name of the tool. */
  readonly name: string;
  /** The servers of `@McpToolType({ server })`; empty if it has none. */
  readonly servers: readonly string[];
  /** The parameters with `@Param()`, in order. */
  readonly parameters: readonly {
    /** Position in the method's parameter list, from 0. */
    readonly index: number;
    /** Name of the argument; undefined if the parameter is all of the arguments. */
    readonly argument: string | undefined;
  }[];
}

/**
 * Returns the name and the arguments of a tool, for code that has its class but no list: tests, prompts that name
 * a tool.
 * @throws TypeError when the method has no `@McpTool()`.
 */
export function toolReference(type: Type, methodName: string): ToolReference {
  const method: unknown = (type.prototype as Record<string, unknown>)[methodName];
  const metadata: unknown =
    typeof method === 'function' ? Reflect.getMetadata(TOOL.methodKey, method) : undefined;
  if (metadata === undefined)
    throw new TypeError(`${type.name}.${methodName}() is not a tool: it has no @McpTool()`);
  const servers: unknown = Reflect.getMetadata(MCP_SERVERS, type);
  return {
    name: primitiveName(TOOL, type, methodName, (metadata as McpToolOptions).name),
    servers: Array.isArray(servers) ? (servers as string[]) : [],
    parameters: paramsOf(type, methodName).map(({ index, name }) => ({ index, argument: name })),
  };
}
