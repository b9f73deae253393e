import { isParam } from '../http/path-pattern.js';

/**
 * URL of the message endpoint as the client has to resolve it against the stream's URL it used. It is
 * relative, so that it stays right behind a proxy that adds a path we know nothing of; parameters keep
 * the encoding that the client gave them.
 * `ssePath` and `messagesPath` are full paths without a trailing slash, with the same parameters.
 */
export function endpointUrl(
  ssePath: string,
  messagesPath: string,
  requestedPath: string,
  sessionId: string,
): string {
  const from = ssePath.split('/');
  const to = messagesPath.split('/');
  const values = valuesIn(from, requestedPath.split('/'));
  const shared = sharedLength(from.slice(0, -1), to.slice(0, -1));
  const up = from.length - 1 - shared + (requestedPath.endsWith('/') ? 1 : 0);
  const down = to.slice(shared).map((segment) => values.get(segment) ?? segment);
  const relative = [...Array.from({ length: up }, () => '..'), ...down].join('/');
  return `${isTakenForScheme(relative) ? './' : ''}${relative}?sessionId=${sessionId}`;
}

/** By `:name`, as sent. */
function valuesIn(
  pattern: readonly string[],
  requested: readonly string[],
): ReadonlyMap<string, string> {
  return new Map(
    pattern.flatMap((segment, at) =>
      isParam(segment) ? [[segment, requested[at] ?? ''] as const] : [],
    ),
  );
}

function sharedLength(first: readonly string[], second: readonly string[]): number {
  const different = first.findIndex((segment, index) => segment !== second[index]);
  return different === -1 ? first.length : different;
}

/** A colon in the first segment would end the scheme of an absolute URL (RFC 3986 §4.2). */
function isTakenForScheme(relative: string): boolean {
  return /^[^/]*:/.test(relative);
}
