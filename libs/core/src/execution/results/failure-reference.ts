import { randomBytes } from 'node:crypto';
import { CALL_FAILED } from '../../messages/log.messages.js';
import { LoggedError } from '../../runtime/logged-error.js';
import { McpLogger } from '../../runtime/mcp-logger.js';

const logger = new McpLogger();

/**
 * Logs an error under a new reference and returns the reference (8 hex digits). The client gets only the reference,
 * by which an operator finds the error in the log.
 */
export function logFailure(where: string, thrown: unknown): string {
  return logFailureAs((reference) => CALL_FAILED(where, reference), thrown);
}

/** The same, with a line of its own. */
export function logFailureAs(line: (reference: string) => string, thrown: unknown): string {
  const reference = randomBytes(4).toString('hex');
  logger.error(new LoggedError(line(reference), thrown));
  return reference;
}
