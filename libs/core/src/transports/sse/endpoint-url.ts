/**
 * URL of the message endpoint as the client has to resolve it against the stream's URL it used. It is
 * relative, so that it stays right behind a proxy that adds a path we know nothing of.
 * `ssePath` and `messagesPath` are full paths without a trailing slash.
 */
export function endpointUrl(
  ssePath: string,
  messagesPath: string,
  requestedPath: string,
  sessionId: string,
): string {
  const from = ssePath.split('/').slice(0, -1);
  const to = messagesPath.split('/');
  const shared = sharedLength(from, to.slice(0, -1));
  const up = from.length - shared + (requestedPath.endsWith('/') ? 1 : 0);
  const relative = [...Array.from({ length: up }, () => '..'), ...to.slice(shared)].join('/');
  return `${relative}?sessionId=${sessionId}`;
}

function sharedLength(first: readonly string[], second: readonly string[]): number {
  const different = first.findIndex((segment, index) => segment !== second[index]);
  return different === -1 ? first.length : different;
}
