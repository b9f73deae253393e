/** So many chunks may be as small as they like. */
const FREE_CHUNKS = 4_096;
const SMALLEST_AVERAGE = 64;

/**
 * Whether chunks cost more than what they carry: each is an event of its own, so a body of single bytes takes
 * seconds of CPU time.
 */
export function isTiny(chunks: number, bytes: number): boolean {
  return chunks > FREE_CHUNKS && bytes < chunks * SMALLEST_AVERAGE;
}
