import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonSchema } from '../interfaces/json.js';
import { both, orNull } from './json-schema.js';

const ajv = new Ajv2020({ strict: false }).addSchema({ $id: 'text', type: 'string' });
const VALUES: readonly unknown[] = [null, '', 'a', 'abc', 0, 1, 1.5, 7, true, [], ['a'], [1], {}];

const accepted = (schema: JsonSchema) => VALUES.filter((value) => ajv.validate(schema, value));

const SCHEMAS: readonly JsonSchema[] = [
  {},
  { type: 'string' },
  { type: 'string', minLength: 2 },
  { type: 'number', minimum: 1 },
  { type: 'integer' },
  { type: 'string', enum: ['a', 'b'] },
  { enum: ['a', 1] },
  { const: 'a' },
  { type: 'array', items: { type: 'string' } },
  { type: 'array', items: { type: 'number' }, minItems: 1 },
  { type: 'object' },
  { minLength: 1 },
];
const PAIRS = SCHEMAS.flatMap((first) => SCHEMAS.map((second) => [first, second] as const));

describe('both', () => {
  it.each(PAIRS)('of %j and %j accepts exactly what each of them accepts', (first, second) => {
    expect(accepted(both(first, second))).toEqual(accepted({ allOf: [first, second] }));
  });

  it.each([
    [{ type: 'number' }, { type: 'integer' }, { type: 'integer' }],
    [{ type: 'integer' }, { type: 'number', minimum: 1 }, { type: 'integer', minimum: 1 }],
    [
      { type: 'array', items: { type: 'string' } },
      { type: 'array', items: { type: 'string', maxLength: 5 } },
      { type: 'array', items: { type: 'string', maxLength: 5 } },
    ],
    [{ minimum: 1 }, { minimum: 5 }, { minimum: 1, allOf: [{ minimum: 5 }] }],
  ])('of %j and %j is %j', (first, second, merged) => {
    expect(both(first, second)).toEqual(merged);
  });

  it('loses no keyword when three schemas differ', () => {
    const three = [{ minimum: 1 }, { minimum: 5 }, { minimum: 7 }].reduce(both, {});
    expect(three).toEqual({ minimum: 1, allOf: [{ minimum: 5 }, { minimum: 7 }] });
  });

  it('does not change its inputs', () => {
    const first = Object.freeze({ type: 'string', allOf: Object.freeze([{ minLength: 1 }]) });
    both(first, Object.freeze({ type: 'number' }));
    expect(first).toEqual({ type: 'string', allOf: [{ minLength: 1 }] });
  });
});

const NULL = { type: 'null' };

describe('orNull', () => {
  it.each([
    ...PAIRS.map(([first, second]) => both(first, second)),
    { $ref: 'text' },
    { $ref: 'text', type: 'string' },
    { type: 'string', const: 'a' },
    { enum: ['a', null] },
  ])('accepts null in addition to what %j accepts', (schema: JsonSchema) => {
    expect(new Set(accepted(orNull(schema)))).toEqual(new Set([null, ...accepted(schema)]));
  });

  it.each([
    [{ type: 'string' }, { anyOf: [{ type: 'string' }, NULL] }],
    [{ type: 'string', enum: ['a'] }, { anyOf: [{ type: 'string', enum: ['a'] }, NULL] }],
    [{ $ref: '#' }, { anyOf: [{ $ref: '#' }, NULL] }],
    [{ anyOf: [{ $ref: '#' }] }, { anyOf: [{ $ref: '#' }, NULL] }],
    [{ anyOf: [NULL] }, { anyOf: [NULL] }],
    [
      { type: 'object', anyOf: [{ $ref: '#' }] },
      { anyOf: [{ type: 'object', anyOf: [{ $ref: '#' }] }, NULL] },
    ],
  ])('writes %j as %j', (schema, nullable) => {
    expect(orNull(schema)).toEqual(nullable);
  });
});
