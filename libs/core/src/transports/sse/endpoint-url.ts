import { isParam, matches, segmentsOf } from '../../addresses/path-pattern.js';
import { safePath } from '../../addresses/safe-path.js';

/** Full paths of the two endpoints, without a trailing slash, with the same parameters. */
export interface EndpointPaths {
  readonly stream: string;
  readonly messages: string;
}

/**
 * Path of the message endpoint from the root of the host, behind `prefix`; parameters keep the encoding that
 * the client gave them. `requested` is the path that the stream was asked for by.
 */
export function absoluteEndpoint(paths: EndpointPaths, requested: string, prefix: string): string {
  const values = valuesIn(paths.stream, requested);
  const own = paths.messages.split('/').map((segment) => values.get(segment) ?? segment);
  return `${prefix}${mountOf(paths.stream, requested)}${own.join('/')}`;
}

/**
 * The same, as the client has to resolve it against the stream's URL it used: right behind a proxy that adds
 * a path we know nothing of, for clients that resolve it so.
 */
export function relativeEndpoint(paths: EndpointPaths, requested: string): string {
  const from = paths.stream.split('/');
  const to = paths.messages.split('/');
  const values = valuesIn(paths.stream, requested);
  const shared = sharedLength(from.slice(0, -1), to.slice(0, -1));
  const up = from.length - 1 - shared + (requested.endsWith('/') ? 1 : 0);
  const down = to.slice(shared).map((segment) => values.get(segment) ?? segment);
  const relative = [...Array.from({ length: up }, () => '..'), ...down].join('/');
  return `${isTakenForScheme(relative) ? './' : ''}${relative}`;
}

/** By `:name`, as sent. */
function valuesIn(pattern: string, requested: string): ReadonlyMap<string, string> {
  const names = segmentsOf(pattern);
  const sent = segmentsOf(requested).slice(-names.length);
  return new Map(
    names.flatMap((name, at) => (isParam(name) ? [[name, sent[at] ?? ''] as const] : [])),
  );
}

/** What an application that ours is mounted in has taken off the path, as it was sent. Empty where it would lead somewhere else. */
function mountOf(pattern: string, requested: string): string {
  const before = segmentsOf(requested).slice(0, -segmentsOf(pattern).length);
  return before.length === 0 ? '' : (safePath(`/${before.join('/')}`) ?? '');
}

/** Tells whether a path ends with that of an endpoint. */
export function endsWith(path: string, endpoint: string): boolean {
  const own = segmentsOf(endpoint.toLowerCase());
  return matches(own, segmentsOf(path).slice(-own.length));
}

function sharedLength(first: readonly string[], second: readonly string[]): number {
  const different = first.findIndex((segment, index) => segment !== second[index]);
  return different === -1 ? first.length : different;
}

/** A colon in the first segment would end the scheme of an absolute URL (RFC 3986 §4.2). */
function isTakenForScheme(relative: string): boolean {
  return /^[^/]*:/.test(relative);
}
