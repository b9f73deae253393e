/**
 * The internal handle that Node's idle timeouts use. A closed stream has none, nor has a stream that is not
 * Node's.
 */
interface WithHandle {
  readonly _handle?: { readonly writeQueueSize?: number } | null;
}

/** Bytes of the current write that the system has not accepted yet; undefined if unknown. */
export function writeQueueSize(stream: object | null): number | undefined {
  const { _handle: handle }: WithHandle = stream ?? {};
  return handle?.writeQueueSize;
}
