import { isDeepStrictEqual } from 'node:util';
import { assert, integer, jsonValue, property } from 'fast-check';
import { isSmall } from './small-value.js';
import { validatorOf } from './json-schema-validator.js';

/** A recursive union whose discriminator follows the nested values. */
const member = (type: string) => ({
  type: 'object',
  properties: { child: { $ref: '#/$defs/node' }, type: { const: type } },
  required: ['type'],
});
const TREE = {
  $ref: '#/$defs/node',
  $defs: { node: { anyOf: ['a', 'b', 'c'].map(member) } },
};
const nested = (levels: number, innermost: unknown): unknown => {
  let value = innermost;
  for (let level = 0; level < levels; level++) value = { type: 'c', child: value };
  return value;
};

/** Takes too long in a compiled schema: its number of steps at least doubles with each level. */
const LEVELS = 60;

/** A member of a union that nothing distinguishes from the other ones. */
const branch = (name: string) => ({
  type: 'object',
  properties: { [name]: { type: 'number' }, child: { $ref: '#/$defs/node' } },
});
const chain = (innermost: unknown): unknown => {
  let value = innermost;
  for (let level = 0; level < LEVELS; level++) value = { child: value };
  return value;
};

/** Without -0, which JSON does not distinguish from 0. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a value that a JSON Schema validates', () => {
  it('is read through a deep recursive union, right or wrong, without a noticeable delay', () => {
    const findings = validatorOf(TREE);
    expect(findings(nested(LEVELS, { type: 'a' })).total).toBe(0);
    expect(findings(nested(LEVELS, { type: 'none' })).total).toBeGreaterThan(0);
    expect(findings(nested(2, { type: 'none' })).total).toBeGreaterThan(0);
  });

  it('is refused when alternatives that all continue would double the work at each level', () => {
    const findings = validatorOf({
      $ref: '#/$defs/node',
      $defs: { node: { anyOf: [branch('size'), branch('count')] } },
    });
    expect(findings(chain({})).total).toBe(0);
    expect([...findings(chain('x')).lines].join()).toContain('nested too deep');
    expect(findings({ child: 'x' }).total).toBeGreaterThan(1);
  });

  it('is compared with the values in a schema as they are written', () => {
    const findings = validatorOf({ enum: [{ $ref: '#/$defs/a' }] });
    expect(findings({ $ref: '#/$defs/a' }).total).toBe(0);
  });

  it('has all of its errors reported when it is small, and the first one when it is large', () => {
    const findings = validatorOf({ type: 'array', items: { type: 'integer' } });
    expect(findings(Array<string>(20).fill('x')).total).toBe(20);
    expect(findings(Array<string>(200).fill('x')).total).toBe(200);
    expect([...findings(Array<string>(9_990).fill('x')).lines]).toEqual([
      '0: must be integer (type)',
    ]);
  });

  it('has values compared by content, with any names of members', () => {
    const findings = validatorOf({ type: 'array', uniqueItems: true });
    assert(
      property(jsonValue({ maxDepth: 2 }), jsonValue({ maxDepth: 2 }), integer(), (one, two, n) => {
        const areEqual = isDeepStrictEqual(plain(one), plain(two));
        const lists: [unknown[], boolean][] = [
          [[one, two], !areEqual],
          [[one, n, structuredClone(one)], false],
          [[n, String(n)], true],
        ];
        for (const [list, isUnique] of lists) expect(findings(list).total === 0).toBe(isUnique);
        for (const schema of [{ const: one }, { enum: [one, 'another'] }])
          expect(validatorOf(schema)(two).total === 0).toBe(areEqual);
        expect(validatorOf({ const: one })(structuredClone(one)).total).toBe(0);
      }),
      { examples: [[{ valueOf: '' }, { toString: 1 }, 0]] },
    );
    expect(
      findings([
        { a: 1, b: [2] },
        { b: [2], a: 1 },
      ]).total,
    ).toBe(1);
  });
});

describe('a small value', () => {
  it.each([
    [[], true],
    [Array(499).fill(0), true],
    [Array(501).fill(0), false],
    [[[[[[]]]]], true],
    [[[[[[[]]]]]], false],
    ['x'.repeat(10_000), true],
    ['x'.repeat(1_000_000), false],
    [{ ['x'.repeat(1_000_000)]: 1 }, false],
  ])('%# is distinguished from a large one', (value, isIt) => {
    expect(isSmall(value)).toBe(isIt);
  });
});
