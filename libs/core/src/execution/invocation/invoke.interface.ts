import type { JsonObject } from '../../interfaces/json.js';
import type { McpContext } from '../context/mcp-context.js';

/** Runs a bound method with the raw arguments of a call, and resolves to the value that the method returns. */
export type Invoke = (raw: JsonObject, context: McpContext) => Promise<unknown>;
