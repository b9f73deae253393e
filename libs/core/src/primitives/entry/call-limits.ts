import { ConcurrencyLimiter } from '../../execution/limits/concurrency-limiter.js';
import { type Duration, toMilliseconds } from '../../interfaces/duration.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import type { CallLimits } from './primitive-entry.interface.js';

const DEFAULT_QUEUE = 100;

/** The options of a primitive that limit its calls. */
export interface CallLimitOptions {
  readonly timeout?: Duration | undefined;
  readonly concurrency?: number | { readonly limit: number; readonly queue?: number } | undefined;
}

/** The limits of the calls of a primitive, or what is wrong with its options; `words` makes the message of that. */
export function callLimitsOf(
  options: CallLimitOptions,
  settings: McpSettings,
  words: (reason: string) => string,
): CallLimits | { readonly problem: string } {
  try {
    return limitsOf(options, settings);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { problem: words(error.message) };
  }
}

/** @throws RangeError when `timeout` is not a duration, or `concurrency` does not allow a single call. */
function limitsOf({ timeout, concurrency }: CallLimitOptions, settings: McpSettings): CallLimits {
  return {
    deadline: {
      timeoutMs: timeout === undefined ? settings.timeoutMs : toMilliseconds(timeout),
      maximumMs: settings.maxTimeoutMs,
    },
    limiter: limiterOf(concurrency),
  };
}

function limiterOf(concurrency: CallLimitOptions['concurrency']): ConcurrencyLimiter | undefined {
  if (concurrency === undefined) return undefined;
  const { limit, queue = DEFAULT_QUEUE } =
    typeof concurrency === 'number' ? { limit: concurrency } : { ...concurrency };
  if (!Number.isInteger(limit) || limit < 1 || !Number.isInteger(queue) || queue < 0)
    throw new RangeError(
      `concurrency must be a whole number from 1 on, or { limit, queue } with a queue from 0 on`,
    );
  return new ConcurrencyLimiter(limit, queue);
}
