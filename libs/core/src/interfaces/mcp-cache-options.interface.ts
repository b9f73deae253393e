import type { Duration } from './duration.js';

/**
 * Who may be given a result that was made for somebody else: `public` anybody, by any cache on the way and
 * whatever token the first one had; `private` the same caller only.
 */
export type McpCacheScope = 'public' | 'private';

/**
 * How long clients of revision 2026-07-28 may keep a list, a resource, or what the server says of itself
 * (2026-07-28 caching). A hint to them, and no access control.
 */
export interface McpCacheOptions {
  /** Time that a result counts as fresh, in whole milliseconds; 0 has clients ask each time. Default: 0. */
  ttl?: Duration;
  /**
   * Who may share it. `public` is for what is the same for every caller; a list that guards make to
   * differ between callers is `private` all the same. Default: `'private'`.
   */
  scope?: McpCacheScope;
}

/** The hint as it goes out. */
export interface McpCacheHint {
  readonly ttlMs: number;
  readonly cacheScope: McpCacheScope;
}
