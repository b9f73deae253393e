import { forwardedPrefix } from './forwarded-prefix.js';

describe('the path in X-Forwarded-Prefix', () => {
  it.each([
    [undefined, ''],
    ['', ''],
    ['/', ''],
    ['/gateway', '/gateway'],
    ['/gateway/', '/gateway'],
    [' /gateway ', '/gateway'],
    ['/outer, /inner', '/outer/inner'],
    ['/outer/,/', '/outer'],
    [['/outer', '/inner'], '/outer/inner'],
    ['gateway', ''],
    ['//evil.example', ''],
    ['/a,//b', ''],
    ['/a/../b', ''],
    ['/..', ''],
    ['http://evil.example', ''],
    ['/a b', ''],
    ['/a"b', ''],
    ['/a?sessionId=x', ''],
    ['/a\\b', ''],
    [`/${'x'.repeat(600)}`, ''],
    [Array.from({ length: 9 }, () => '/a').join(), ''],
    [Array.from({ length: 8 }, () => `/${'x'.repeat(100)}`).join(), ''],
  ])('in %j is %j', (header, expected) => {
    expect(forwardedPrefix(header)).toBe(expected);
  });

  it('is read in a time that does not grow with a long header', () => {
    const began = process.cpuUsage();
    expect(forwardedPrefix('/a,'.repeat(100_000))).toBe('');
    expect(process.cpuUsage(began).user).toBeLessThan(100_000);
  });
});
