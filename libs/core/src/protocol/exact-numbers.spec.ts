import { assert, bigInt, constantFrom, jsonValue, property, record } from 'fast-check';
import { parseExactly } from './exact-numbers.js';

interface Named {
  readonly id: unknown;
  readonly params: {
    readonly requestId: unknown;
    readonly _meta: { readonly progressToken: unknown };
  };
}

/** The three members that a message can have. */
const namesIn = (number: string): unknown[] => {
  const text = `{"id":${number},"params":{"requestId":${number},"_meta":{"progressToken":${number}}}}`;
  const { id, params } = parseExactly(text) as Named;
  const { requestId, _meta: meta } = params;
  return [id, requestId, meta.progressToken];
};

describe('parseExactly', () => {
  it.each<[string, unknown]>([
    ['0', 0],
    ['1.0', 1],
    ['1e3', 1000],
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['9007199254740993', 9007199254740993n],
    ['-9007199254740993', -9007199254740993n],
    ['1783000000000000001', 1783000000000000001n],
    ['9'.repeat(256), BigInt('9'.repeat(256))],
    ['9'.repeat(257), Number.NaN],
    ['1e400', Infinity],
    ['1e-400', Number.NaN],
    ['1.0000000000000000001', Number.NaN],
    ['1234567890.00000001', Number.NaN],
    ['9007199254740993.0', Number.NaN],
  ])('reads %s', (number, expected) => {
    for (const name of namesIn(number)) expect(name).toBe(expected);
  });

  it('keeps whole numbers of every size', () => {
    assert(
      property(bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (number) => {
        for (const name of namesIn(String(number))) expect(String(name)).toBe(String(number));
      }),
    );
  });

  it('keeps the numbers of each message in a batch', () => {
    const text = '[{"id":9007199254740993},{"id":1},{"id":9007199254740995}]';
    expect(parseExactly(text)).toEqual([
      { id: 9007199254740993n },
      { id: 1 },
      { id: 9007199254740995n },
    ]);
  });

  it('finds a member whose key is escaped', () => {
    expect(parseExactly('{"\\u0069d":9007199254740993}')).toEqual({ id: 9007199254740993n });
  });

  it.each([
    '{"id":"1783000000000000001","a":9007199254740993}',
    '{"arguments":{"id":9007199254740993,"_meta":{"progressToken":9007199254740993}}}',
    '{"a":"\\"1234567890123456","b":["\\\\",-1.2345678901234567e-300,true,false,null]}',
  ])('reads %s as JSON.parse does: other members are data', (text) => {
    expect(parseExactly(text)).toEqual(JSON.parse(text));
  });

  it('behaves like JSON.parse for all other text', () => {
    const value = jsonValue({ stringUnit: constantFrom('"', '\\', '1', '2345678901234567', 'e') });
    assert(
      property(record({ a: value, b: value }), (body) => {
        const text = JSON.stringify(body);
        expect(parseExactly(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('throws the errors of JSON.parse', () => {
    expect(() => parseExactly('{"id":1783000000000000001')).toThrow(SyntaxError);
  });

  it('costs little more than JSON.parse for any text', () => {
    const bodies = ['1234567890123456789,', '"1234567890123456",', '1.,"\\\\".3,', 'eeee'].map(
      (part) => JSON.stringify(part.repeat(200_000)),
    );
    const numbers = `{"id":1,"a":[${'1234567890.123456789,'.repeat(100_000)}0]}`;
    for (const text of [...bodies, numbers]) {
      const took = (parse: (text: string) => unknown): number => {
        const before = process.cpuUsage();
        parse(text);
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1_000;
      };
      const plain = Math.min(...[1, 2, 3].map(() => took(JSON.parse)));
      expect(Math.min(...[1, 2, 3].map(() => took(parseExactly)))).toBeLessThan(100 + 20 * plain);
    }
  });
});
