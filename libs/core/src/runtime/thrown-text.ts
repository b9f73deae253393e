import { inspect } from 'node:util';
import { loggableStack } from '../messages/log.messages.js';

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
