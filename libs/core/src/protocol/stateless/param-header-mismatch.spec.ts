import type { IncomingHttpHeaders } from 'node:http';
import { assert, boolean, integer, maxSafeInteger, oneof, property, string } from 'fast-check';
import type { JsonObject } from '../../interfaces/json.js';
import { headerMismatch } from './param-header-mismatch.js';

const REGION = [{ headerName: 'Mcp-Param-Region', path: ['region'] }];
const DEEP = [{ headerName: 'Mcp-Param-City', path: ['place', 'city'] }];

const check = (value: unknown, header?: string | string[]) =>
  headerMismatch(
    REGION,
    value === undefined ? {} : { region: value },
    header === undefined ? {} : { 'mcp-param-region': header },
  );
const refused = (words: string) => ({
  kind: 'refusal',
  status: 400,
  code: -32020,
  message: `Header mismatch: Mcp-Param-Region ${words}`,
});

/** Encodes a value as the specification requires of clients. */
function encoded(value: string | number | boolean): string {
  const text = String(value);
  const isPlain = /^[\x20-\x7e\t]*$/.test(text) && text.trim() === text && text !== '';
  return isPlain && !/^=\?base64\?.*\?=$/.test(text)
    ? text
    : `=?base64?${Buffer.from(text).toString('base64')}?=`;
}

describe('the header of an argument', () => {
  it.each([
    ['us-west1', 'us-west1'],
    ['us-west1', '\t us-west1 '],
    ['us-west1', '=?base64?dXMtd2VzdDE=?='],
    ['Hello, 世界', '=?base64?SGVsbG8sIOS4lueVjA==?='],
    [' padded ', '=?base64?IHBhZGRlZCA=?='],
    ['line1\nline2', '=?base64?bGluZTEKbGluZTI=?='],
    ['=?base64?literal?=', '=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?='],
    ['SGVsbG8=', 'SGVsbG8='],
    ['=?base64?SGVsbG8=', '=?base64?SGVsbG8='],
    ['', ''],
    ['', '=?base64??='],
    ['42', '42'],
    [42, '42'],
    [42, '42.0'],
    [42, '42.000'],
    [42, '=?base64?NDI=?='],
    [-7, '-7'],
    [0, '0'],
    [0, '-0'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [1.5, '1.5'],
    [true, 'true'],
    [false, 'false'],
    [undefined, undefined],
    [null, undefined],
  ])('of %j may be %j', (value, header) => {
    expect(check(value, header)).toBeUndefined();
  });

  it.each([
    ['us-west1', 'US-WEST1'],
    ['us-west1', 'us-west2'],
    ['us-west1', ''],
    ['us-west1', 'us-west1, us-west1'],
    ['42', '42.0'],
    [42, '43'],
    [42, '42.5'],
    [42, '+42'],
    [42, '4.2e1'],
    [42, '0x2A'],
    [42, ''],
    [42, ' 4 2'],
    [2 ** 53, '9007199254740992'],
    [2 ** 53, '9007199254740993'],
    [1.5, '1.50'],
    [true, 'TRUE'],
    [true, '1'],
    [false, ''],
    [{}, '[object Object]'],
    [['a'], 'a'],
  ])('of %j is refused when it is %j', (value, header) => {
    expect(check(value, header)).toEqual(refused('has another value than the body'));
  });

  it.each(['a', '', 0, false, {}, ['a']])('of %j is refused when it is missing', (value) => {
    expect(check(value)).toEqual(refused('is missing, but must repeat the value of the body'));
  });

  it.each([undefined, null])('of %j is refused when it is present', (value) => {
    for (const header of ['', 'a', 'null', 'undefined', '=?base64?bnVsbA==?='])
      expect(check(value, header)).toEqual(refused('has a value, but the body has none for it'));
  });

  it.each(['=?base64?SGVsbG8?=', '=?base64?SGVs!!!bG8=?=', 'Zürich', 'a\0', '=?base64?/w==?='])(
    'is refused when it is %j, which is not a header value',
    (header) => {
      expect(check('Hello', header)).toEqual(
        refused('has characters that are not allowed in a header, or is not valid Base64'),
      );
    },
  );

  it.each<[JsonObject, IncomingHttpHeaders, boolean]>([
    [{ place: { city: 'Bern' } }, { 'mcp-param-city': 'Bern' }, true],
    [{ place: { city: 'Bern' } }, {}, false],
    [{ place: {} }, {}, true],
    [{ place: null }, {}, true],
    [{ place: 'Bern' }, {}, true],
    [{ place: ['Bern'] }, {}, true],
    [{}, {}, true],
    [{}, { 'mcp-param-city': 'Bern' }, false],
    [{ city: 'Bern' }, {}, true],
  ])('of a nested argument, in %j, with the headers %j: %j', (args, headers, isRight) => {
    expect(headerMismatch(DEEP, args, headers) === undefined).toBe(isRight);
  });

  it('is never that of a member which every object inherits', () => {
    const path = [{ headerName: 'Mcp-Param-X', path: ['constructor', 'name'] }];
    expect(headerMismatch(path, {}, {})).toBeUndefined();
  });

  it('may have any value when no argument declares it', () => {
    expect(
      headerMismatch(REGION, { region: 'a' }, { 'mcp-param-region': 'a', 'mcp-param-x': 'b' }),
    ).toBeUndefined();
  });

  it('is refused for the first invalid one', () => {
    expect(headerMismatch([...DEEP, ...REGION], { region: 'a' }, {})).toMatchObject({
      message: expect.stringContaining('Mcp-Param-Region'),
    });
  });

  /** Excludes texts such as 7.0, which represents the number 7. */
  const texts = string({ unit: 'grapheme' }).filter((text) => !/^-?\d/.test(text));
  const values = oneof(texts, integer(), maxSafeInteger(), boolean());

  it('is valid as clients encode it', () => {
    assert(
      property(values, (value) => {
        expect(check(value, encoded(value))).toBeUndefined();
      }),
    );
  });

  it('is invalid as clients encode another value', () => {
    assert(
      property(values, values, (value, other) => {
        const isSame = String(value) === String(other);
        expect(check(value, encoded(other)) === undefined).toBe(isSame);
      }),
    );
  });
});
