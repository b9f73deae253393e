import { safePath } from '../../addresses/safe-path.js';

/** Proxies in a row append theirs. */
const MOST_PREFIXES = 8;

/**
 * The path that proxies have taken off, as they say in `X-Forwarded-Prefix`; empty where they say nothing, or
 * something that is no path. Whoever sends it himself misleads nobody else: it comes back on his stream alone.
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
