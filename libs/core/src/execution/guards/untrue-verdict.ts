import { GUARD_NOT_TRUE } from '../../messages/log.messages.js';
import { McpLogger } from '../../runtime/mcp-logger.js';

const logger = new McpLogger();
const known = new WeakSet<object>();

/** Nest lets any truthy value pass on a route. Where that is denied here, the log says so, once for a class of guards. */
export function deniedByUntruth(guard: object, verdict: unknown): false {
  const type = guard.constructor;
  if (Boolean(verdict) && !known.has(type)) {
    known.add(type);
    logger.warn(GUARD_NOT_TRUE(type.name, typeof verdict));
  }
  return false;
}
