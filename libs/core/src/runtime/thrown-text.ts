import { inspect } from 'node:util';
import { loggableStack } from '../messages/log.messages.js';

/** How many causes of an error are printed. */
const MOST_CAUSES = 3;
/** Fields of an error that its stack has already, or that are printed after it. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause']);

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
 * Returns a thrown value as text for the log: the stack of an error, with its own fields (`code`, `query`) and its
 * causes. It may be a string, null, a frozen object or an error whose getters throw. Never throws.
 */
export function thrownText(thrown: unknown): string {
  try {
    return loggableStack(
      thrown instanceof Error ? errorText(thrown, MOST_CAUSES) : inspect(thrown, { depth: 1 }),
    );
  } catch {
    return 'a value that cannot be printed';
  }
}

function errorText(error: Error, causes: number): string {
  const stack = String(error.stack ?? error);
  const text = `${stack}${fieldsText(error, stack)}`;
  return causes > 0 && error.cause instanceof Error
    ? `${text}\n[cause]: ${errorText(error.cause, causes - 1)}`
    : text;
}

/** Objects are left out: those of HTTP clients and drivers have requests, with tokens and arguments. */
function fieldsText(error: Error, stack: string): string {
  try {
    const fields: [string, unknown][] = Object.entries(error).filter(
      ([name, value]) => !OWN_FIELDS.has(name) && Object(value) !== value,
    );
    const type = error.constructor.name;
    // A class that does not set `name` has the stack of its base class.
    if (!stack.includes(type)) fields.unshift(['type', type]);
    return fields.length === 0
      ? ''
      : ` ${inspect(Object.fromEntries(fields), { breakLength: Infinity })}`;
  } catch {
    return '';
  }
}
