const PARAM = /^:[A-Za-z_]\w*$/;
/** Characters that URLs have unencoded and that neither Express nor Fastify treats as a pattern. */
const LITERAL = /^[\w.~$&',;=@-]*$/;

/** Longest value of a parameter, in characters. Longer values match nothing, because each session stores them. */
const LONGEST_VALUE = 256;

export function isParam(segment: string): boolean {
  return PARAM.test(segment);
}

/**
 * The segments of a path, without the leading slash and a trailing one.
 * @param limit most segments to return; default: all
 */
export function segmentsOf(path: string, limit?: number): string[] {
  return withoutEndSlash(path).slice(1).split('/', limit);
}

export function withoutEndSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** The names of a path's parameters, in order. */
export function paramNames(path: string): string[] {
  return path
    .split('/')
    .filter(isParam)
    .map((segment) => segment.slice(1));
}

/** Whether the gates match every segment in the same way as the router. */
export function isMatchable(path: string): boolean {
  return path.split('/').every((segment) => LITERAL.test(segment) || isParam(segment));
}

/** Whether a URL exists that matches both paths. */
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

/**
 * Whether the segments of a request's path match a pattern.
 * @param pattern segments in lower case
 * @param segments segments as sent, still percent-encoded
 */
export function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((expected, at) => {
      const segment = segments[at] ?? '';
      return isParam(expected) ? isValue(segment) : segment.toLowerCase() === expected;
    })
  );
}

/** Writes a path as its pattern is written, with the values of its parameters as sent. */
export function routedPath(pattern: string, path: string): string {
  const sent = segmentsOf(path);
  const routed = segmentsOf(pattern).map((segment, at) =>
    isParam(segment) ? (sent[at] ?? '') : segment,
  );
  return `/${routed.join('/')}`;
}

/** Whether the path has all fixed segments of the pattern unencoded. Case is ignored. */
export function isLiterally(pattern: string, path: string): boolean {
  const sent = segmentsOf(path);
  return segmentsOf(pattern.toLowerCase()).every(
    (segment, at) => isParam(segment) || sent[at]?.toLowerCase() === segment,
  );
}

/**
 * Whether a segment is a valid value of a parameter. `.` and `..` are not: a client that resolves the URL
 * would change the path.
 */
function isValue(segment: string): boolean {
  if (segment === '' || segment.length > LONGEST_VALUE) return false;
  try {
    return !/^\.\.?$/.test(decodeURIComponent(segment));
  } catch {
    return false;
  }
}
