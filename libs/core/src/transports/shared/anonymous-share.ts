/** One part in four of each limit is reserved for known users. */
const PARTS = 4;

/**
 * How much of a limit anonymous clients can use together. Anyone can create many anonymous clients, and known
 * users must still be served.
 */
export function anonymousShare(limit: number): number {
  return limit - Math.floor(limit / PARTS);
}
