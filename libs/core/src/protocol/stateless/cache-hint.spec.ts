import type {
  McpCacheHint,
  McpCacheOptions,
} from '../../interfaces/mcp-cache-options.interface.js';
import { cacheHintOf, personalHint } from './cache-hint.js';

const BASE: McpCacheHint = { ttlMs: 5_000, cacheScope: 'public' };

describe('cacheHintOf', () => {
  it.each<[McpCacheOptions | undefined, McpCacheHint]>([
    [undefined, { ttlMs: 0, cacheScope: 'private' }],
    [{}, { ttlMs: 0, cacheScope: 'private' }],
    [{ ttl: '5m' }, { ttlMs: 300_000, cacheScope: 'private' }],
    [{ ttl: 1.9 }, { ttlMs: 1, cacheScope: 'private' }],
    [{ scope: 'public' }, { ttlMs: 0, cacheScope: 'public' }],
  ])('of %j is %j', (options, hint) => {
    expect(cacheHintOf(options)).toEqual(hint);
  });

  it.each<[McpCacheOptions | undefined, McpCacheHint]>([
    [undefined, BASE],
    [{ ttl: 0 }, { ttlMs: 0, cacheScope: 'public' }],
    [{ scope: 'private' }, { ttlMs: 5_000, cacheScope: 'private' }],
  ])('of %j, for a primitive of a server with a hint, is %j', (options, hint) => {
    expect(cacheHintOf(options, BASE)).toEqual(hint);
  });

  it('refuses a ttl that is not a duration', () => {
    expect(() => cacheHintOf({ ttl: -1 })).toThrow(RangeError);
  });
});

it('a private hint stays private, even when the server’s is public', () => {
  expect(personalHint(BASE)).toEqual({ ttlMs: 5_000, cacheScope: 'private' });
});
