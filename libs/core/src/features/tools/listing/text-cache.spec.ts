import { TextCache } from './text-cache.js';

describe('the cache of lists', () => {
  it('forgets what was not asked for the longest, beyond so many', () => {
    const cache = new TextCache(2, 1000);
    cache.set('a', '1');
    cache.set('b', '2');
    expect(cache.get('a')).toBe('1');
    cache.set('c', '3');
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['1', undefined, '3']);
  });

  it('holds no more characters than it may, keys included', () => {
    const cache = new TextCache(100, 10);
    cache.set('a', '1234');
    cache.set('b', '1234');
    expect(cache.size).toBe(2);
    cache.set('c', '1');
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, '1234', '1']);
    cache.set('d', '0123456789');
    expect([cache.get('d'), cache.size]).toEqual([undefined, 2]);
    cache.set('b', '12');
    cache.set('e', '123');
    expect([cache.get('b'), cache.get('c'), cache.get('e')]).toEqual(['12', '1', '123']);
  });
});
