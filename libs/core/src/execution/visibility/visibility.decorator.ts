import 'reflect-metadata';
import { MCP_VISIBILITY } from '../../interfaces/mcp.metadata.js';

/**
 * Marks a guard that decides not only who may call a tool, but also who may see it. `tools/list` runs the guard for
 * each tool that has it (globally, on the class or on the method), with the class and the handler of the tool, without
 * arguments, and with `'list'` as `McpExecutionContext.getPhase()`. If the guard denies or throws, the tool is hidden
 * from the caller, and its name is unknown in calls. To mark a guard of another package, name it in
 * `forRoot({ visibility })`.
 */
export function McpVisibility(): ClassDecorator {
  return (target) => Reflect.defineMetadata(MCP_VISIBILITY, true, target);
}
