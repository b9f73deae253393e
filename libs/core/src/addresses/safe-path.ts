import { segmentsOf } from './path-pattern.js';

/** Longest path that may be put in front of a path of this server, in characters. */
const LONGEST_PREFIX = 512;
const SEGMENT = /^[\w.~!$&'()*+,;=:@%-]+$/;

/**
 * Returns a path of one or more segments without a trailing slash; undefined if a URL with it could lead to
 * another host or to a parent path.
 */
export function safePath(path: string): string | undefined {
  if (!path.startsWith('/') || path.length > LONGEST_PREFIX) return undefined;
  return segmentsOf(path).every((segment) => SEGMENT.test(segment) && !isDots(segment))
    ? `/${segmentsOf(path).join('/')}`
    : undefined;
}

function isDots(segment: string): boolean {
  return /^(?:\.|%2e){1,2}$/i.test(segment);
}
