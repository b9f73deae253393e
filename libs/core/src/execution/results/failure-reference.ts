import { randomBytes } from 'node:crypto';
import { CALL_FAILED } from '../../messages/log.messages.js';
import { McpLogger } from '../../runtime/mcp-logger.js';
import { thrownText } from '../../runtime/thrown-text.js';

const logger = new McpLogger();

/**
 * Logs what went wrong under a new reference, and gives the reference (8 hex digits): the client gets
 * that and nothing else, and whoever runs the server finds the rest by it.
 */
export function logFailure(where: string, thrown: unknown): string {
  const reference = randomBytes(4).toString('hex');
  logger.error(CALL_FAILED(where, reference), thrownText(thrown));
  return reference;
}
