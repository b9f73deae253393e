import type { Type } from '@nestjs/common';
import { MCP_SERVERS, MCP_TOOL } from '../../interfaces/mcp.metadata.js';
import { paramsOf } from '../../schema/decorators/param.decorator.js';
import { deriveToolName } from './derive-tool-name.js';
import type { McpToolMetadata } from './tool-options.interface.js';

/** What clients have to know of a decorated method to call it. */
export interface ToolReference {
  /** Name of the tool. */
  readonly name: string;
  /** What `@McpToolType({ server })` names; empty where it names none. */
  readonly servers: readonly string[];
  /** What `@Param()` binds, in the order of the parameters; others are not here. */
  readonly parameters: readonly {
    /** Place in the method's parameter list, from 0. */
    readonly index: number;
    /** Name of the argument; undefined where the parameter is the whole of the arguments. */
    readonly argument: string | undefined;
  }[];
}

/**
 * Tells by which name and arguments a method is called, for code that has the class and no list: tests,
 * prompts that name a tool.
 * @throws TypeError when the method has no `@McpTool()`.
 */
export function toolReference(type: Type, methodName: string): ToolReference {
  const method: unknown = (type.prototype as Record<string, unknown>)[methodName];
  const metadata: unknown =
    typeof method === 'function' ? Reflect.getMetadata(MCP_TOOL, method) : undefined;
  if (metadata === undefined)
    throw new TypeError(`${type.name}.${methodName}() is no tool: it has no @McpTool()`);
  const servers: unknown = Reflect.getMetadata(MCP_SERVERS, type);
  return {
    name: (metadata as McpToolMetadata).name ?? deriveToolName(methodName),
    servers: Array.isArray(servers) ? (servers as string[]) : [],
    parameters: paramsOf(type, methodName).map(({ index, name }) => ({ index, argument: name })),
  };
}
