import { assert, property, string, stringMatching } from 'fast-check';
import { decodedHeader, headerOf } from './header-value.js';

const sentinel = (text: string) => `=?base64?${Buffer.from(text).toString('base64')}?=`;

function reencoded(value: string): string | undefined {
  const decoded = decodedHeader(value);
  return decoded === undefined ? undefined : sentinel(decoded);
}

describe('headerOf', () => {
  it.each([
    ['a', 'a'],
    ['', ''],
    ['  a b\t', 'a b'],
    [undefined, undefined],
    [['a', 'b'], 'a, b'],
  ])('reads %j as %j, with any case of the name', (value, expected) => {
    expect(headerOf({ 'mcp-name': value }, 'Mcp-Name')).toBe(expected);
  });

  it('strips no other whitespace', () => {
    expect(headerOf({ 'mcp-name': '\u00a0a\u2003' }, 'Mcp-Name')).toBe('\u00a0a\u2003');
  });
});

describe('decodedHeader', () => {
  it.each([
    ['us-west1', 'us-west1'],
    ['', ''],
    ['a\tb c~!', 'a\tb c~!'],
    ['=?base64?SGVsbG8sIOS4lueVjA==?=', 'Hello, 世界'],
    ['=?base64?IHBhZGRlZCA=?=', ' padded '],
    ['=?base64?bGluZTEKbGluZTI=?=', 'line1\nline2'],
    ['=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=', '=?base64?literal?='],
    ['=?base64??=', ''],
    ['=?base64?77u/YQ==?=', '\ufeffa'],
  ])('reads %j as %j', (value, expected) => {
    expect(decodedHeader(value)).toBe(expected);
  });

  it.each(['SGVsbG8=', '=?base64?SGVsbG8=', 'SGVsbG8=?=', '=?BASE64?SGVsbG8=?=', '=?base64?='])(
    'returns %j, which is not a whole sentinel, unchanged',
    (value) => {
      expect(decodedHeader(value)).toBe(value);
    },
  );

  it.each([
    ['a missing padding', '=?base64?SGVsbG8?='],
    ['too much padding', '=?base64?SGVsbG8==?='],
    ['foreign characters', '=?base64?SGVs!!!bG8=?='],
    ['whitespace', '=?base64?SGVs bG8=?='],
    ['the alphabet of base64url', '=?base64?_-8=?='],
    ['bits that do not belong to any byte', '=?base64?YR==?='],
    ['bytes that are not UTF-8', '=?base64?/w==?='],
    ['half a surrogate pair', '=?base64?7aCA?='],
    ['a character beyond ASCII', 'Zürich'],
    ['a line feed', 'a\nb'],
    ['a carriage return', 'a\rb'],
    ['a null', 'a\0'],
    ['a delete', 'a\x7f'],
  ])('refuses %s', (_, value) => {
    expect(decodedHeader(value)).toBeUndefined();
  });

  it('reads back any text that a client encoded', () => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        expect(decodedHeader(sentinel(text))).toBe(text);
      }),
    );
  });

  it('reads each value from one Base64 only', () => {
    assert(
      property(stringMatching(/^[A-Za-z0-9+/=]*$/), (base64) => {
        const value = `=?base64?${base64}?=`;
        expect([undefined, value]).toContain(reencoded(value));
      }),
      { numRuns: 1_000 },
    );
  });
});
