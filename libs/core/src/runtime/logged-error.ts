import { inspect } from 'node:util';
import { thrownText } from './thrown-text.js';

/**
 * A line of the log about a failure, with the original error as its `cause`. Printed as text, it is the line and the
 * text of the original error. Loggers that write objects, such as pino or Nest's logger with `json`, get the type and
 * the fields of the original error.
 */
export class LoggedError extends Error {
  /** The same as `cause`, for loggers that write the properties of an error and only the text of its cause (pino). */
  readonly original: unknown;

  constructor(line: string, thrown: unknown) {
    const original = readable(thrown);
    super(line, { cause: original });
    this.name = 'LoggedError';
    // Its own frames would only show where this package logs.
    this.stack = line;
    this.original = original;
  }

  override toString(): string {
    return `${this.message}\n${thrownText(this.original)}`;
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** The text of an error that a logger cannot read, because a getter of it throws. Such a logger would lose the line. */
function readable(thrown: unknown): unknown {
  try {
    inspect(thrown);
    if (thrown instanceof Error)
      for (const part of [thrown.name, thrown.message, thrown.stack, Object.values(thrown).length])
        String(part);
    return thrown;
  } catch {
    return thrownText(thrown);
  }
}
