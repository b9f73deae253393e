import { toMilliseconds } from '../../interfaces/duration.js';
import type {
  McpCacheHint,
  McpCacheOptions,
} from '../../interfaces/mcp-cache-options.interface.js';

/** Methods whose complete results carry a hint (2026-07-28 caching, Cacheable Results). */
export const CACHEABLE_METHODS: ReadonlySet<string> = new Set([
  'server/discover',
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
  'resources/read',
]);

/** Clients ask each time, and share nothing: right for every server. */
export const NO_CACHE: McpCacheHint = { ttlMs: 0, cacheScope: 'private' };

/**
 * The hint that options give, and what `base` says for those that are not set: of a primitive, that of its
 * server. Fractions of a millisecond are dropped, since the protocol has whole ones.
 * @throws RangeError when `ttl` is no duration.
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

/** The hint of a result that may differ between callers: never public (2026-07-28 caching, Choosing a Cache Scope). */
export function personalHint({ ttlMs }: McpCacheHint): McpCacheHint {
  return { ttlMs, cacheScope: 'private' };
}
