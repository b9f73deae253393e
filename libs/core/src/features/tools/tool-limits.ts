import type { DeadlineLimits } from '../../execution/limits/call-deadline.js';
import { ConcurrencyLimiter } from '../../execution/limits/concurrency-limiter.js';
import { toMilliseconds } from '../../interfaces/duration.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import type { McpToolOptions } from './tool-options.interface.js';

const DEFAULT_QUEUE = 100;

/**
 * The time limits of a tool.
 * @throws RangeError when `timeout` is no duration.
 */
export function deadlineOf({ timeout }: McpToolOptions, settings: McpSettings): DeadlineLimits {
  return {
    timeoutMs: timeout === undefined ? settings.timeoutMs : toMilliseconds(timeout),
    maximumMs: settings.maxTimeoutMs,
  };
}

/**
 * What bounds how many calls of a tool run at once.
 * @throws RangeError when `concurrency` has no room for a single call.
 */
export function limiterOf({ concurrency }: McpToolOptions): ConcurrencyLimiter | undefined {
  if (concurrency === undefined) return undefined;
  const { limit, queue = DEFAULT_QUEUE } =
    typeof concurrency === 'number' ? { limit: concurrency } : { ...concurrency };
  if (!Number.isInteger(limit) || limit < 1 || !Number.isInteger(queue) || queue < 0)
    throw new RangeError(
      `concurrency must be a whole number from 1 on, or { limit, queue } with a queue from 0 on`,
    );
  return new ConcurrencyLimiter(limit, queue);
}
