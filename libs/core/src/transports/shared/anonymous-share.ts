/** Of what a process has room for, one part in so many is kept for known users. */
const PARTS = 4;

/** How many of a limit anonymous clients can take together: they cost nothing to make, and known users get through. */
export function anonymousShare(limit: number): number {
  return limit - Math.floor(limit / PARTS);
}
