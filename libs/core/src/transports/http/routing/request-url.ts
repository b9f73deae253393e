/** The path of a request's URL, without its query. A client sends a proxy the whole URL (RFC 9112 §3.2.2). */
export function pathnameOf(url: string): string {
  const path = url.slice(pathStart(url), queryStart(url));
  return path === '' ? '/' : path;
}

/** Index at which the path begins: 0, or the index after `http://host`. */
function pathStart(url: string): number {
  const scheme = url.startsWith('/') ? -1 : url.indexOf('://');
  if (scheme === -1) return 0;
  const slash = url.indexOf('/', scheme + 3);
  return Math.min(slash === -1 ? url.length : slash, queryStart(url));
}

function queryStart(url: string): number {
  const at = [url.indexOf('?'), url.indexOf('#')].filter((found) => found !== -1);
  return Math.min(url.length, ...at);
}

/** Returns a URL with another path. The query stays, and `http://host` is removed. */
export function withPath(url: string, path: string): string {
  return `${path}${url.slice(queryStart(url))}`;
}
