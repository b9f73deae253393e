import { LISTENER_FAILED } from '../messages/log.messages.js';
import { caught } from './caught.js';
import { McpLogger } from './mcp-logger.js';
import { thrownText } from './thrown-text.js';

const logger = new McpLogger();

/**
 * The one door for whatever runs from an event of a socket, a stream or a signal: what the listener throws, or
 * rejects with, is logged (MCP140), and does not reach the emitter, where it would end the process.
 *
 * @example socket.once('close', guarded(() => this.leave()));
 */
export function guarded<Args extends unknown[]>(
  listener: (...args: Args) => unknown,
): (...args: Args) => void {
  return (...args) => runGuarded(() => listener(...args));
}

/** Runs something as {@link guarded} does. */
export function runGuarded(run: () => unknown): void {
  caught(run, failed);
}

function failed(thrown: unknown): void {
  logger.error(LISTENER_FAILED, thrownText(thrown));
}
