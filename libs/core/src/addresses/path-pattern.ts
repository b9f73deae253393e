const PARAM = /^:[A-Za-z_]\w*$/;
/** What URLs carry as it is and neither Express nor Fastify takes for a pattern. */
const LITERAL = /^[\w.~$&',;=@-]*$/;

/** Longer values of a parameter match nothing: they are kept with each session. */
const LONGEST_VALUE = 256;

export function isParam(segment: string): boolean {
  return PARAM.test(segment);
}

/** The segments of a path, without its leading slash and a trailing one; at most `limit` of them. */
export function segmentsOf(path: string, limit?: number): string[] {
  return withoutEndSlash(path).slice(1).split('/', limit);
}

export function withoutEndSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** The names of a path's parameters, in their order. */
export function paramNames(path: string): string[] {
  return path
    .split('/')
    .filter(isParam)
    .map((segment) => segment.slice(1));
}

/** Tells whether every segment is one that the gates match as the router does. */
export function isMatchable(path: string): boolean {
  return path.split('/').every((segment) => LITERAL.test(segment) || isParam(segment));
}

/** Tells whether some URL would match both paths. */
export function overlap(first: string, second: string): boolean {
  const [a, b] = [segmentsOf(first.toLowerCase()), segmentsOf(second.toLowerCase())];
  return (
    a.length === b.length &&
    a.every((segment, at) => {
      const other = b[at] ?? '';
      return segment === other || isParam(segment) || isParam(other);
    })
  );
}

/** Tells whether the segments of a request's path, still encoded, are those of a pattern in lower case. */
export function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((expected, at) => {
      const segment = segments[at] ?? '';
      return isParam(expected) ? isValue(segment) : segment.toLowerCase() === expected;
    })
  );
}

/** A path as its pattern writes it, with the values of parameters as they are. */
export function routedPath(pattern: string, path: string): string {
  const sent = segmentsOf(path);
  const routed = segmentsOf(pattern).map((segment, at) =>
    isParam(segment) ? (sent[at] ?? '') : segment,
  );
  return `/${routed.join('/')}`;
}

/** Tells whether a path has what is no parameter in its pattern as it stands there, not encoded. */
export function isLiterally(pattern: string, path: string): boolean {
  const sent = segmentsOf(path);
  return segmentsOf(pattern.toLowerCase()).every(
    (segment, at) => isParam(segment) || sent[at]?.toLowerCase() === segment,
  );
}

/** Dots would be taken for a way up by whoever resolves a URL with them. */
function isValue(segment: string): boolean {
  if (segment === '' || segment.length > LONGEST_VALUE) return false;
  try {
    return !/^\.\.?$/.test(decodeURIComponent(segment));
  } catch {
    return false;
  }
}
