import { GUARD_NOT_TRUE } from '../../messages/log.messages.js';
import { McpLogger } from '../../runtime/mcp-logger.js';

const logger = new McpLogger();
const known = new WeakSet<object>();

/** Returns false. If the verdict would pass on a Nest route because it is truthy, warns once for each class of guards. */
export function deniedByUntruth(guard: object, verdict: unknown): false {
  const type = guard.constructor;
  if (Boolean(verdict) && !known.has(type)) {
    known.add(type);
    logger.warn(GUARD_NOT_TRUE(type.name, typeof verdict));
  }
  return false;
}
