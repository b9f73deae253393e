import { LISTENER_FAILED } from '../messages/log.messages.js';
import { caught } from './caught.js';
import { McpLogger } from './mcp-logger.js';
import { thrownText } from './thrown-text.js';

const logger = new McpLogger();

/**
 * Wraps a listener for an event of a socket, a stream or a signal. What the listener throws, or rejects with,
 * is logged (MCP140). It does not get to the emitter, where it would end the process. All such listeners must
 * be wrapped.
 *
 * @example socket.once('close', guarded(() => this.leave()));
 */
export function guarded<Args extends unknown[]>(
  listener: (...args: Args) => unknown,
): (...args: Args) => void {
  return (...args) => runGuarded(() => listener(...args));
}

/** Runs a function, and handles its failure as {@link guarded} does. */
export function runGuarded(run: () => unknown): void {
  caught(run, failed);
}

function failed(thrown: unknown): void {
  logger.error(LISTENER_FAILED, thrownText(thrown));
}
