import type { Readable, Writable } from 'node:stream';
import { originalWrite, redirectOutput } from '../../runtime/stdout-redirection.js';

/** The pipes to a client. */
export interface StdioPipes {
  readonly input: Readable;
  readonly output: Writable;
  /** Writes to the output, even if {@link output}'s own `write()` is redirected. */
  readonly write: (text: string | Buffer, done?: () => void) => boolean;
}

/**
 * Returns the pipes of a server. The process's stdout may carry nothing but messages: if `isExclusive` is
 * true, everything else that is written to it from now on, such as `console.log()`, goes to `elsewhere`.
 */
export function stdioPipes(
  input: Readable,
  output: Writable,
  isExclusive: boolean,
  elsewhere: Writable = process.stderr,
): StdioPipes {
  const write = originalWrite(output);
  if (isExclusive) redirectOutput(output, elsewhere);
  return { input, output, write: (text, done) => write(text, 'utf8', done) };
}
