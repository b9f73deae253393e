import { inspect } from 'node:util';
import { loggableStack } from '../messages/log.messages.js';

/** The message of what was thrown, for the log; whatever a `message` is made of. Never throws. */
export function thrownMessage(thrown: unknown): string {
  try {
    const message: unknown = thrown instanceof Error ? thrown.message : thrown;
    return typeof message === 'string' ? message : thrownText(message);
  } catch {
    return thrownText(thrown);
  }
}

/** What was thrown, for the log: a string, null, a frozen object, an error whose getters throw. Never throws. */
export function thrownText(thrown: unknown): string {
  try {
    return loggableStack(
      thrown instanceof Error ? String(thrown.stack ?? thrown) : inspect(thrown, { depth: 1 }),
    );
  } catch {
    return 'a value that cannot be printed';
  }
}
