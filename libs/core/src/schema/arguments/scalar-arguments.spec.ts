import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  dictionary,
  oneof,
  jsonValue,
} from 'fast-check';
import { argumentClass, type NamedParam } from '../decorators/argument-class.js';
import { planClass } from './arguments-plan.js';
import { InvalidArgumentsError } from '../findings/invalid-arguments.error.js';
import type { ParamOptions } from '../decorators/param-options.interface.js';
import { withScalarPath } from './scalar-arguments.js';

const PARAMS: Readonly<Record<string, ParamOptions>> = {
  s: { type: String },
  n: { type: Number, optional: true },
  i: { type: 'integer', nullable: true },
  b: { type: Boolean, default: true },
  e: { enum: ['x', 'y', 1], optional: true },
  l: { items: 'integer', optional: true },
};

const named: NamedParam[] = Object.entries(PARAMS).map(([name, options], index) => ({
  index,
  name,
  options,
  rules: [],
  pipes: [],
  declaredType: Object,
}));
const full = planClass(argumentClass('Sample', named), new Map([['b', true]]));
const quick = withScalarPath(full);

const outcome = async (read: () => unknown): Promise<unknown> => {
  try {
    // Undefined members are treated as missing.
    return JSON.parse(JSON.stringify(await read()));
  } catch (error) {
    return (error as InvalidArgumentsError).findings;
  }
};

describe('the scalar path', () => {
  it('accepts well-formed arguments without the full plan', () => {
    expect(quick.read({ s: 'a', i: null })).toEqual({ s: 'a', i: null, b: true });
  });

  it.each([
    {},
    { s: 1, i: 1 },
    { s: 'a', i: 1.5 },
    { s: 'a', i: 1, n: Number.POSITIVE_INFINITY },
    { s: 'a', i: 1, e: 'z' },
    { s: 'a', i: 1, l: [1, '2'] },
    { s: 'a', i: 1, more: 1 },
  ])('leaves %j, and its error messages, to the full plan', async (raw) => {
    await expect(quick.read(raw)).rejects.toBeInstanceOf(InvalidArgumentsError);
  });

  it('agrees with the full plan on any value', async () => {
    const value = oneof(
      constantFrom<unknown>('a', '', 1, 0, -1.5, true, null, 'x', [1], []),
      jsonValue(),
    );
    const raw = dictionary(constantFrom(...Object.keys(PARAMS), 'more'), value);
    await assert(
      asyncProperty(array(raw, { minLength: 1, maxLength: 5 }), async (raws) => {
        for (const args of raws) {
          const sample = { s: 'a', i: 1, ...args };
          expect(await outcome(() => quick.read(sample))).toEqual(
            await outcome(() => full.read(sample)),
          );
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['a nested class', { $ref: '#/$defs/Nested' }],
    ['a default that calls would share', { type: 'array', items: {}, default: [] }],
    ['a keyword beyond types', { type: 'string', maxLength: 3 }],
  ])('does not exist for %s', (_, property) => {
    const plan = { inputSchema: { properties: { property } }, read: (raw: object) => raw };
    expect(withScalarPath(plan)).toBe(plan);
  });
});
