import { inspect } from 'node:util';
import { loggableStack } from '../messages/log.messages.js';

/** Returns the message of a thrown value for the log, even if `message` is not a string. Never throws. */
export function thrownMessage(thrown: unknown): string {
  try {
    const message: unknown = thrown instanceof Error ? thrown.message : thrown;
    return typeof message === 'string' ? message : thrownText(message);
  } catch {
    return thrownText(thrown);
  }
}

/**
 * Returns a thrown value as text for the log. It may be a string, null, a frozen object or an error whose
 * getters throw. Never throws.
 */
export function thrownText(thrown: unknown): string {
  try {
    return loggableStack(
      thrown instanceof Error ? String(thrown.stack ?? thrown) : inspect(thrown, { depth: 1 }),
    );
  } catch {
    return 'a value that cannot be printed';
  }
}
