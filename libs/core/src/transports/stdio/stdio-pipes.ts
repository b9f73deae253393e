import type { Readable, Writable } from 'node:stream';

/** What a client is at the other end of. */
export interface StdioPipes {
  readonly input: Readable;
  readonly output: Writable;
  /** Writes to the output, also where {@link output}'s own `write()` leads elsewhere. */
  readonly write: (text: string | Buffer, done?: () => void) => boolean;
}

/**
 * The pipes of a server. On the process's own output there may be nothing but messages: with `isExclusive`,
 * whatever else is written to it from now on (`console.log()` ends there too) goes to `elsewhere`.
 */
export function stdioPipes(
  input: Readable,
  output: Writable,
  isExclusive: boolean,
  elsewhere: Writable = process.stderr,
): StdioPipes {
  const write: Writable['write'] = output.write.bind(output);
  if (isExclusive) output.write = elsewhere.write.bind(elsewhere);
  return { input, output, write: (text, done) => write(text, 'utf8', done) };
}
