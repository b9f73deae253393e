import 'reflect-metadata';
import { MCP_VISIBILITY } from '../../interfaces/mcp.metadata.js';

/**
 * Marks a guard as one that decides who may see a tool, beside who may call it. `tools/list` asks it about
 * each tool that it stands on (globally, on the class, on the method), with that tool's class and handler,
 * no arguments and `McpExecutionContext.getPhase()` `'list'`; false or a throw hides the tool from this
 * caller, for whom its name is then an unknown one. Guards of others are named in `forRoot({ visibility })`.
 */
export function McpVisibility(): ClassDecorator {
  return (target) => Reflect.defineMetadata(MCP_VISIBILITY, true, target);
}
