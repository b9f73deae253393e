import { assert, ipV4, ipV6, property } from 'fast-check';
import { addressKey } from './address-key.js';

const group = (bits: number): string => bits.toString(16);

describe('the key of a remote address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:ffff:ffff:ffff:ffff', '2001:db8:0:0::/64'],
    ['2001:0DB8:0000:0001::', '2001:db8:0:1::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['::2', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (ip, key) => {
    expect(addressKey(ip)).toBe(key);
  });

  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
  ])('is undefined for the loopback address %s', (ip) => {
    expect(addressKey(ip)).toBeUndefined();
  });

  it('is undefined without an address', () => {
    expect(addressKey(undefined)).toBeUndefined();
  });

  it('is the same within a network and differs between networks', () => {
    assert(
      property(ipV6(), ipV4(), (six, four) => {
        const key = addressKey(`2001:db8:1:2:${group(six.length)}::${group(four.length)}`);
        expect(key).toBe('2001:db8:1:2::/64');
        expect(addressKey(`::ffff:${four}`)).toBe(addressKey(four));
        expect((addressKey(six) ?? '').length).toBeLessThanOrEqual(24);
      }),
    );
  });
});
