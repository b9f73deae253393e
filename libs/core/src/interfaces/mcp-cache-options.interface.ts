import type { Duration } from './duration.js';

/**
 * Who may reuse a cached result. `public`: anyone, through any cache, with any token. `private`: only the caller that
 * the result was made for.
 */
export type McpCacheScope = 'public' | 'private';

/**
 * How long clients of revision 2026-07-28 may cache a list, a resource, or the server's description (2026-07-28
 * caching). This is a hint for clients, not access control.
 */
export interface McpCacheOptions {
  /** How long a result is fresh, in whole milliseconds. With 0, clients ask each time. Default: 0. */
  ttl?: Duration;
  /**
   * Who may share a cached result. Use `public` for results that are the same for every caller. A list that differs
   * between callers because of guards is always `private`. Default: `'private'`.
   */
  scope?: McpCacheScope;
}

/** The hint as it is sent. */
export interface McpCacheHint {
  readonly ttlMs: number;
  readonly cacheScope: McpCacheScope;
}
