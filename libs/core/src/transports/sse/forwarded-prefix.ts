import { safePath } from '../../addresses/safe-path.js';

/** Most prefixes that are read: each proxy in a chain appends one. */
const MOST_PREFIXES = 8;

/**
 * The path that proxies have removed from the URL, as reported in `X-Forwarded-Prefix`. Empty if the header
 * is missing or is not a safe path. A client that sets the header itself changes only the `endpoint` event on
 * its own stream.
 */
export function forwardedPrefix(header: string | readonly string[] | undefined): string {
  const prefixes = [header ?? []].flat().flatMap((value) => value.split(',', MOST_PREFIXES + 1));
  if (prefixes.length > MOST_PREFIXES) return '';
  const paths = prefixes
    .map((prefix) => prefix.trim())
    .filter((prefix) => prefix !== '/')
    .map(safePath);
  return paths.includes(undefined) ? '' : (safePath(paths.join('')) ?? '');
}
