import { isParam, matches, segmentsOf } from '../../addresses/path-pattern.js';
import { safePath } from '../../addresses/safe-path.js';

/** Full paths of the two endpoints, without a trailing slash. Both have the same parameters. */
export interface EndpointPaths {
  readonly stream: string;
  readonly messages: string;
}

/**
 * Path of the message endpoint from the root of the host. The values of parameters keep the encoding that the
 * client used.
 * @param requested path that the client requested the stream with
 * @param prefix path that a proxy has removed, put in front
 */
export function absoluteEndpoint(paths: EndpointPaths, requested: string, prefix: string): string {
  const values = valuesIn(paths.stream, requested);
  const own = paths.messages.split('/').map((segment) => values.get(segment) ?? segment);
  return `${prefix}${mountOf(paths.stream, requested)}${own.join('/')}`;
}

/**
 * Path of the message endpoint, relative to the URL of the stream. It is correct even if a proxy adds a path
 * that the server does not know, but the client must resolve it against the URL that it used.
 */
export function relativeEndpoint(paths: EndpointPaths, requested: string): string {
  const from = paths.stream.split('/');
  const to = paths.messages.split('/');
  const values = valuesIn(paths.stream, requested);
  const shared = sharedLength(from.slice(0, -1), to.slice(0, -1));
  const up = from.length - 1 - shared + (requested.endsWith('/') ? 1 : 0);
  const down = to.slice(shared).map((segment) => values.get(segment) ?? segment);
  const relative = [...Array.from({ length: up }, () => '..'), ...down].join('/');
  return `${looksLikeScheme(relative) ? './' : ''}${relative}`;
}

/** The values of the parameters by `:name`, encoded as the client sent them. */
function valuesIn(pattern: string, requested: string): ReadonlyMap<string, string> {
  const names = segmentsOf(pattern);
  const sent = segmentsOf(requested).slice(-names.length);
  return new Map(
    names.flatMap((name, at) => (isParam(name) ? [[name, sent[at] ?? ''] as const] : [])),
  );
}

/** The path at which another application mounts this one, as the client sent it. Empty if the path is not safe. */
function mountOf(pattern: string, requested: string): string {
  const before = segmentsOf(requested).slice(0, -segmentsOf(pattern).length);
  return before.length === 0 ? '' : (safePath(`/${before.join('/')}`) ?? '');
}

/** Whether a path ends with the path of an endpoint. */
export function endsWith(path: string, endpoint: string): boolean {
  const own = segmentsOf(endpoint.toLowerCase());
  return matches(own, segmentsOf(path).slice(-own.length));
}

function sharedLength(first: readonly string[], second: readonly string[]): number {
  const different = first.findIndex((segment, index) => segment !== second[index]);
  return different === -1 ? first.length : different;
}

/** Whether a client would read the first segment as a scheme, because it has a colon (RFC 3986 §4.2). */
function looksLikeScheme(relative: string): boolean {
  return /^[^/]*:/.test(relative);
}
