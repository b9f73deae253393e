import type { IncomingMessage } from 'node:http';

/** The first chunks of a body may have any size. */
const FREE_CHUNKS = 4_096;
/**
 * Smallest average size of a chunk, in bytes. It allows chunks of 64 bytes: one that is split across two
 * reads of the connection counts as two.
 */
const SMALLEST_AVERAGE = 60;

/**
 * Whether the chunks of a body are so small that reading it costs too much. Each chunk is an event, so a body
 * of single bytes takes seconds of CPU time.
 */
export function isTiny(chunks: number, bytes: number): boolean {
  return chunks > FREE_CHUNKS && bytes < chunks * SMALLEST_AVERAGE;
}

/**
 * Stops reading from the connection. Both must be paused, because a request that is not paused resumes its
 * socket.
 */
export function stopReading(request: IncomingMessage): void {
  request.pause();
  request.socket.pause();
}
