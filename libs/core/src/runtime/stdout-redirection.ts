import type { Writable } from 'node:stream';

/**
 * Holds the `write()` that a stream had before it was redirected. It is on the stream itself, because a process may
 * load this package twice, as ES modules and as CommonJS, and both copies must find it.
 */
const ORIGINAL = Symbol.for('@nestmcp/core:original-write');

type Write = Writable['write'];
type MaybeRedirected = Writable & { [ORIGINAL]?: Write };

/** Sends everything that is written to a stream to another one. Redirecting it again only changes the other one. */
export function redirectOutput(output: MaybeRedirected, elsewhere: Writable): void {
  const original = originalWrite(output);
  Object.defineProperty(output, ORIGINAL, { value: original, configurable: true });
  output.write = elsewhere.write.bind(elsewhere);
}

/** Ends a redirection. Has no effect on a stream that is not redirected. */
export function restoreOutput(output: MaybeRedirected): void {
  const { [ORIGINAL]: original } = output;
  if (original === undefined) return;
  output.write = original;
  Reflect.deleteProperty(output, ORIGINAL);
}

/** Returns the function that writes to the stream itself, whether or not the stream is redirected. */
export function originalWrite(output: MaybeRedirected): Write {
  return output[ORIGINAL] ?? output.write.bind(output);
}
