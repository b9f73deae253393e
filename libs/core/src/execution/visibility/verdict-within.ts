import { NO_VERDICT } from '../../messages/log.messages.js';
import type { McpPrimitive } from '../../interfaces/mcp-primitive.interface.js';
import { hiddenBy } from './visibility-check.js';
import { deadlines } from '../../runtime/deadlines.js';

/**
 * A verdict that is not there within the time of a call hides, as one that was thrown: else a call would
 * wait for it longer than it may take, and a list for ever. `timeoutMs` is in milliseconds, 0 for no limit.
 */
export function verdictWithin(
  verdict: Promise<boolean>,
  timeoutMs: number,
  entry: McpPrimitive,
): Promise<boolean> {
  if (timeoutMs === 0) return verdict;
  return new Promise((resolve, reject) => {
    const expire = (): void => resolve(hiddenBy(entry, new Error(NO_VERDICT(timeoutMs))));
    const deadline = deadlines.after(timeoutMs, expire);
    verdict.finally(() => deadline.stop()).then(resolve, reject);
  });
}
