import { toMilliseconds } from '../../interfaces/duration.js';
import type {
  McpCacheHint,
  McpCacheOptions,
} from '../../interfaces/mcp-cache-options.interface.js';

/** The methods whose complete results have a cache hint (2026-07-28 caching, Cacheable Results). */
export const CACHEABLE_METHODS: ReadonlySet<string> = new Set([
  'server/discover',
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
  'resources/read',
]);

/** Clients must not reuse or share results. Safe for every server. */
export const NO_CACHE: McpCacheHint = { ttlMs: 0, cacheScope: 'private' };

/**
 * Returns the cache hint of options. `base` has the values of options that are not set: for a primitive, the hint of
 * its server. Rounds down to whole milliseconds, as the protocol requires.
 * @throws RangeError when `ttl` is not a duration
 */
export function cacheHintOf(
  { ttl, scope }: McpCacheOptions = {},
  base: McpCacheHint = NO_CACHE,
): McpCacheHint {
  return {
    ttlMs: ttl === undefined ? base.ttlMs : Math.floor(toMilliseconds(ttl)),
    cacheScope: scope ?? base.cacheScope,
  };
}

/** The cache hint of a result that may differ between callers. It is never public (2026-07-28 caching, Choosing a Cache Scope). */
export function personalHint({ ttlMs }: McpCacheHint): McpCacheHint {
  return { ttlMs, cacheScope: 'private' };
}
