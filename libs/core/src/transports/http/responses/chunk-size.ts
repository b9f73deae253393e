import type { IncomingMessage } from 'node:http';

/** So many chunks may be as small as they like. */
const FREE_CHUNKS = 4_096;
/** Of 64 bytes, as they are counted: a chunk that lies across two reads of the connection is two. */
const SMALLEST_AVERAGE = 60;

/**
 * Whether chunks cost more than what they carry: each is an event of its own, so a body of single bytes takes
 * seconds of CPU time.
 */
export function isTiny(chunks: number, bytes: number): boolean {
  return chunks > FREE_CHUNKS && bytes < chunks * SMALLEST_AVERAGE;
}

/** Nothing more is read of the connection: a request that flows would have its socket go on. */
export function stopReading(request: IncomingMessage): void {
  request.pause();
  request.socket.pause();
}
