import { TextCache } from './text-cache.js';

describe('the cache of lists', () => {
  it('evicts the least recently used entries beyond its limit', () => {
    const cache = new TextCache(2, 1000);
    cache.set('a', { text: '1' });
    cache.set('b', { text: '2' });
    expect(cache.get('a')?.text).toBe('1');
    cache.set('c', { text: '3' });
    expect([cache.get('a')?.text, cache.get('b')?.text, cache.get('c')?.text]).toEqual([
      '1',
      undefined,
      '3',
    ]);
  });

  it('holds at most its limit of characters, including keys', () => {
    const cache = new TextCache(100, 10);
    cache.set('a', { text: '1234' });
    cache.set('b', { text: '1234' });
    expect(cache.size).toBe(2);
    cache.set('c', { text: '1' });
    expect([cache.get('a')?.text, cache.get('b')?.text, cache.get('c')?.text]).toEqual([
      undefined,
      '1234',
      '1',
    ]);
    cache.set('d', { text: '0123456789' });
    expect([cache.get('d')?.text, cache.size]).toEqual([undefined, 2]);
    cache.set('b', { text: '12' });
    cache.set('e', { text: '123' });
    expect([cache.get('b')?.text, cache.get('c')?.text, cache.get('e')?.text]).toEqual([
      '12',
      '1',
      '123',
    ]);
  });
});
