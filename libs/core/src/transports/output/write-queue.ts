/** What Node's own idle timeouts go by. A stream that is gone, or is none of Node's, has no handle. */
interface WithHandle {
  readonly _handle?: { readonly writeQueueSize?: number } | null;
}

/** Bytes that the system has not taken of a write that is under way. */
export function writeQueueSize(stream: object | null): number | undefined {
  const { _handle: handle }: WithHandle = stream ?? {};
  return handle?.writeQueueSize;
}
