import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import { CALL_FAILED, loggableStack } from '../messages/log.messages.js';

const logger = new Logger('McpModule');

/**
 * Logs what went wrong under a new reference, and gives the reference (8 hex digits): the client gets
 * that and nothing else, and whoever runs the server finds the rest by it.
 */
export function logFailure(where: string, thrown: unknown): string {
  const reference = randomBytes(4).toString('hex');
  logger.error(CALL_FAILED(where, reference), loggableStack(stackOf(thrown)));
  return reference;
}

/** Whatever can be thrown: strings, null, frozen objects, errors whose getters throw. */
function stackOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.stack ?? thrown) : inspect(thrown, { depth: 1 });
  } catch {
    return 'a value that cannot be printed';
  }
}
