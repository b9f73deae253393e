import { segmentsOf } from './path-pattern.js';

/** Longest path that is put in front of ours. */
const LONGEST_PREFIX = 512;
const SEGMENT = /^[\w.~!$&'()*+,;=:@%-]+$/;

/** A path of one or more segments, without a trailing slash; undefined where a URL with it could lead to another host or upwards. */
export function safePath(path: string): string | undefined {
  if (!path.startsWith('/') || path.length > LONGEST_PREFIX) return undefined;
  return segmentsOf(path).every((segment) => SEGMENT.test(segment) && !isDots(segment))
    ? `/${segmentsOf(path).join('/')}`
    : undefined;
}

function isDots(segment: string): boolean {
  return /^(?:\.|%2e){1,2}$/i.test(segment);
}
