import { Ajv2020 } from 'ajv/dist/2020.js';
import * as rules from 'class-validator';
import { assert, asyncProperty, constantFrom, jsonValue } from 'fast-check';
import { classSchema } from '../../../../../test/support/fixtures/class-schema.js';
import { planClass } from '../arguments/arguments-plan.js';
import { ARGUMENTS, RESULTS } from './publishing.js';

type Rule = PropertyDecorator;

const ajv = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false });

function classWith(...all: readonly Rule[]) {
  class Dto {
    x: unknown;
  }
  for (const rule of all) rule(Dto.prototype, 'x');
  return Dto;
}
const schemaOf = (...all: readonly Rule[]) =>
  (classSchema(classWith(...all)).properties as { x: object }).x;

const WITH_ARGUMENTS: Record<string, readonly Rule[]> = {
  ArrayContains: [rules.ArrayContains([1])],
  ArrayMaxSize: [rules.ArrayMaxSize(1)],
  ArrayMinSize: [rules.ArrayMinSize(1)],
  ArrayNotContains: [rules.ArrayNotContains(['a'])],
  Contains: [rules.Contains('a')],
  Equals: [rules.Equals('a'), rules.Equals(1), rules.Equals(true), rules.Equals(null)],
  IsDivisibleBy: [2, -2, 2.5, 0, 0.5].map((divisor) => rules.IsDivisibleBy(divisor)),
  IsEnum: [rules.IsEnum({ A: 'a', B: 'b' }), rules.IsEnum({ 0: 'A', A: 0 })],
  IsIn: [rules.IsIn(['a', 1, null]), rules.IsIn(['a']), rules.IsIn([1, 2])],
  IsInstance: [rules.IsInstance(Object)],
  IsNotIn: [rules.IsNotIn(['a'])],
  Length: [rules.Length(1), rules.Length(0, 3)],
  Matches: [/a/, /^A$/i, new RegExp('^\\-?\\d$'), /^.$/u, /./s].map((pattern) =>
    rules.Matches(pattern),
  ),
  Max: [rules.Max(1), rules.Max(-1)],
  MaxLength: [rules.MaxLength(1), rules.MaxLength(5)],
  Min: [rules.Min(1), rules.Min(-1)],
  MinLength: [rules.MinLength(1), rules.MinLength(5)],
  NotContains: [rules.NotContains('a')],
  NotEquals: [rules.NotEquals('a')],
  IsByteLength: [rules.IsByteLength(1, 3)],
  IsHash: [rules.IsHash('md5')],
  IsPostalCode: [rules.IsPostalCode('DE')],
  IsIdentityCard: [rules.IsIdentityCard('ES')],
  IsPassportNumber: [rules.IsPassportNumber('DE')],
  IsPhoneNumber: [rules.IsPhoneNumber('DE')],
  IsTaxId: [rules.IsTaxId('de-DE')],
};

/** Rules about values that JSON does not have, and rules that only disable others. */
const NOT_OF_JSON = new Set(['IsOptional', 'IsDate', 'MinDate', 'MaxDate']);
const RULE_NAME = /^(Is|Array|Min|Max|Length|Matches|Contains|Not|Equals)([A-Z][A-Za-z0-9]*)?$/;

const EVERY_RULE = Object.entries(rules as Record<string, unknown>)
  .filter(([name]) => RULE_NAME.test(name) && !NOT_OF_JSON.has(name))
  .flatMap(([name, make]) =>
    (WITH_ARGUMENTS[name] ?? [(make as () => Rule)()]).map((rule) => [name, rule] as const),
  );

const ROWS: readonly (readonly unknown[])[] = [
  ['', ' ', 'a', 'A', 'abc', '-1', '1', '0', '1.5', 'true', '😀', 'é', '{}', '[]', '#fff', 'DE'],
  ['DEU', '276', 'de', '2020-01-01', '2020-01-01T00:00:00Z', '2020-W01', '12:30', '127.0.0.1'],
  ['a@b.de', 'hé@b.de', 'https://a.de', 'a.de', '80', 'image/png', 'de-DE', '1.2.3', 'EUR'],
  ['550e8400-e29b-41d4-a716-446655440000', '507f1f77bcf86cd799439011', '00:11:22:33:44:55'],
  ['4111111111111111', '+4930123456', '10115', 'Europe/Berlin', 'rgb(0,0,0)', 'hsl(0,0%,0%)'],
  ['data:text/plain,a', 'GB29NWBK60161331926819', 'DEUTDEFF', 'aA1!aaaa', '９', 'ｱ', '1,2'],
  [0, 1, -1, 1.5, 2, 4, 6, -4, 45, 200, 1e21, true, false, null],
  [[], [1], ['a'], [1, 1], ['a', 'b'], [null], {}, { a: 1 }],
];
const SAMPLES = ROWS.flat();

/** Whether the schema of a rule accepts a value that the rule accepts. */
function keeperOf(rule: Rule): (x: unknown) => Promise<boolean> {
  const plan = planClass(classWith(rule), new Map(), [], RESULTS);
  const validate = ajv.compile(plan.inputSchema);
  return (x) =>
    plan.read({ x }).then(
      () => validate({ x }),
      () => true,
    );
}

const isHuge = (x: unknown) => typeof x === 'number' && Math.abs(x) >= 1e21;

describe('every rule of class-validator', () => {
  it.each(EVERY_RULE)('%s accepts no value that its schema refuses', async (_, rule) => {
    expect(ajv.validateSchema(classSchema(classWith(rule)))).toBe(true);
    const isKept = keeperOf(rule);
    const broken: unknown[] = [];
    for (const sample of SAMPLES) if (!(await isKept(sample))) broken.push(sample);
    expect(broken).toEqual([]);
  });

  it('accepts no generated value that its schema refuses', async () => {
    const anyRule = constantFrom(
      ...EVERY_RULE.map(([name, rule]) => ({ name, isKept: keeperOf(rule) })),
    );
    // From 1e21 on, Ajv does not recognize multiples.
    const value = jsonValue({ maxDepth: 2 }).filter((x) => !isHuge(x));
    await assert(
      asyncProperty(anyRule, value, async ({ isKept }, x) => {
        expect(await isKept(x)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('the keywords of a rule', () => {
  it.each([
    ['a pattern without flags', rules.Matches(/^a+$/), { type: 'string', pattern: '^a+$' }],
    [
      'a pattern with a flag',
      rules.Matches(/^a+$/i),
      { type: 'string', description: 'Must match /^a+$/i regular expression.' },
    ],
    [
      'a pattern that is invalid in Unicode mode',
      rules.Matches(new RegExp('^\\-$')),
      { type: 'string', description: 'Must match /^\\-$/ regular expression.' },
    ],
    ['a divisor', rules.IsDivisibleBy(-2.5), { type: 'number', multipleOf: 2 }],
    ['a divisor of zero', rules.IsDivisibleBy(0), { type: 'number' }],
    ['a length', rules.Length(2, 5), { type: 'string', minLength: 2, maxLength: 5 }],
    ['a size', rules.ArrayMaxSize(2), { type: 'array', maxItems: 2 }],
    ['a positive number', rules.IsPositive(), { type: 'number', exclusiveMinimum: 0 }],
    ['a negative number', rules.IsNegative(), { type: 'number', exclusiveMaximum: 0 }],
    ['an email address', rules.IsEmail(), { type: 'string', format: 'email' }],
    ['a UUID', rules.IsUUID(), { type: 'string', format: 'uuid' }],
    ['a choice', rules.IsIn(['a', 'b']), { type: 'string', enum: ['a', 'b'] }],
    ['a choice of several types', rules.IsIn(['a', 1]), { enum: ['a', 1] }],
    ['a numeric enum', rules.IsEnum({ 0: 'A', A: 0 }), { type: 'number', enum: [0] }],
    ['a constant', rules.Equals(5), { const: 5 }],
    ['an object', rules.IsObject(), { type: 'object' }],
    [
      'a rule without counterpart',
      rules.IsLatitude(),
      { ...ARGUMENTS.anything, description: 'Must be a latitude, such as 52.52.' },
    ],
    [
      'a country',
      rules.IsISO31661Alpha2(),
      { type: 'string', description: 'Must be an ISO 3166-1 alpha-2 country code, such as DE.' },
    ],
  ])('say %s', (_, rule, schema) => {
    expect(schemaOf(rule)).toEqual(schema);
  });

  it('are combined when several rules apply to one property', () => {
    const all = [rules.IsInt(), rules.Min(1), rules.Max(9), rules.IsDivisibleBy(3)];
    expect(schemaOf(...all)).toEqual({ type: 'integer', minimum: 1, maximum: 9, multipleOf: 3 });
  });

  it('apply to the items of a list for a rule with `each`', () => {
    const each = { each: true };
    expect(schemaOf(rules.IsString(each), rules.MaxLength(5, each), rules.ArrayMaxSize(2))).toEqual(
      { type: 'array', items: { type: 'string', maxLength: 5 }, maxItems: 2 },
    );
  });

  it('allow anything for a rule of the application', () => {
    const even = rules.ValidateBy({ name: 'even', validator: { validate: () => true } });
    expect(schemaOf(even)).toEqual(ARGUMENTS.anything);
  });
});
