import type { JsonObject } from '../../interfaces/json.js';
import type { McpContext } from '../context/mcp-context.js';

/** Runs a bound method: raw arguments and context in, whatever the method gives out. */
export type Invoke = (raw: JsonObject, context: McpContext) => Promise<unknown>;
