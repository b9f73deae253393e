import { NO_VERDICT } from '../../messages/log.messages.js';
import type { McpPrimitive } from '../../interfaces/mcp-primitive.interface.js';
import type { VisibilityFailures } from './visibility-failures.js';
import { deadlines } from '../../runtime/deadlines.js';

/**
 * Hides the entry if the verdict takes longer than the time limit of a call, as if the guard had thrown. Otherwise a
 * call would exceed its limit, and a list could wait forever. `timeoutMs` is in milliseconds; 0 for no limit.
 */
export function verdictWithin(
  verdict: Promise<boolean>,
  timeoutMs: number,
  entry: McpPrimitive,
  failures: VisibilityFailures,
): Promise<boolean> {
  if (timeoutMs === 0) return verdict;
  return new Promise((resolve, reject) => {
    const expire = (): void => resolve(failures.hiddenBy(entry, new Error(NO_VERDICT(timeoutMs))));
    const deadline = deadlines.after(timeoutMs, expire);
    verdict.finally(() => deadline.stop()).then(resolve, reject);
  });
}
