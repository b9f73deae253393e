import type { Type as Class } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import * as rules from 'class-validator';
import { planClass } from '../../libs/core/src/schema/arguments/arguments-plan.js';
import { planInput } from '../../libs/core/src/schema/sources/input-plan.js';
import { InvalidArgumentsError } from '../../libs/core/src/schema/findings/invalid-arguments.error.js';
import { everyRule } from '../support/fixtures/every-rule.js';

class Line {
  @rules.IsInt()
  @rules.Min(1)
  count!: number;
}
enum Unit {
  Celsius = 'c',
  Fahrenheit = 'f',
}

const each = { each: true };
const NUMBER = 'must be a number (isNumber)';
const TEXT = 'must be a string (isString)';
const LIST = 'must be an array (isArray)';
const OBJECT = 'must be an object (isObject)';
const DATE = 'must be a date-time such as 2026-01-31T12:00:00Z (isDate)';
const UNIT = 'must be one of the following values: c, f (isEnum)';

/** Fails on everything but a string, as many rules of applications do. */
const Shouted = () =>
  rules.ValidateBy({
    name: 'shouted',
    validator: { validate: (value: string) => value.toUpperCase() === value },
  });

const ROWS: readonly (readonly [string, readonly PropertyDecorator[], unknown[], string])[] = [
  [
    'a range of whole numbers',
    [rules.IsInt(), rules.Min(1), rules.Max(9)],
    ['x', '5', true, [], {}, 1.5, null],
    'must be an integer number (isInt)',
  ],
  ['a range', [rules.Min(1), rules.Max(9), rules.IsDivisibleBy(2)], ['x', true, {}], NUMBER],
  ['a sign', [rules.IsPositive(), rules.IsInt()], ['x', {}], 'must be an integer number (isInt)'],
  [
    'a format of texts',
    [rules.IsString(), rules.IsEmail(), rules.Length(3, 9), rules.Matches(/^a/)],
    [5, true, [], {}, null],
    TEXT,
  ],
  ['formats alone', [rules.IsUrl(), rules.MaxLength(9)], [5, true, ['a'], {}], TEXT],
  ['a rule of the application', [rules.IsString(), Shouted()], [5, true, [], {}], TEXT],
  [
    'a list of texts',
    [rules.IsString(each), rules.MaxLength(3, each), rules.ArrayMaxSize(2)],
    ['abcdef', 5, true, {}],
    LIST,
  ],
  [
    'a list of objects',
    [rules.ValidateNested(each), Type(() => Line), rules.ArrayMinSize(9)],
    ['abcdef', 5, {}, { count: 'x' }],
    LIST,
  ],
  ['an object', [rules.ValidateNested(), Type(() => Line)], ['abc', 5, [], [{}]], OBJECT],
  [
    'dates',
    [rules.IsDate(), rules.MinDate(new Date(0)), Type(() => Date)],
    ['x', 5, true, {}, '31.1.2026'],
    DATE,
  ],
  ['a choice', [rules.IsString(), rules.IsEnum(Unit), rules.Length(1)], [5, 'x', {}, []], UNIT],
  [
    'a boolean',
    [rules.IsBoolean(), rules.NotEquals('x')],
    ['true', 1, []],
    'must be a boolean value (isBoolean)',
  ],
  [
    'words of the application',
    [rules.IsInt({ message: 'Whole, please.' }), rules.Min(1, { message: 'More, please.' })],
    ['x', {}],
    'Whole, please. (isInt)',
  ],
];

function classWith(...all: readonly PropertyDecorator[]): Class {
  class Dto {}
  for (const rule of all) rule(Dto.prototype, 'x');
  return Dto;
}

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);

const registered =
  (name?: string): PropertyDecorator =>
  (target, propertyName) =>
    rules.registerDecorator({
      ...(name !== undefined && { name }),
      target: target.constructor,
      propertyName: String(propertyName),
      validator: { validate: () => false },
    });

async function findings(type: Class, raw: object): Promise<readonly string[]> {
  try {
    await planClass(type, new Map()).read(raw as Record<string, unknown>);
    return [];
  } catch (error) {
    if (error instanceof InvalidArgumentsError) return error.findings;
    throw error;
  }
}

describe('a value of the wrong type', () => {
  it.each(ROWS)('gets one line, about its type, under %s', async (_, all, values, words) => {
    const type = classWith(...all);
    for (const x of values) expect([x, await findings(type, { x })]).toEqual([x, [`x: ${words}`]]);
  });

  const samples = ['x', 5, 1.5, true, [1], ['a'], {}, { a: 1 }];

  it.each(everyRule())('gets one line from every rule of class-validator: %s', async (_, rule) => {
    const type = classWith(rule);
    const { x: published } = planClass(type, new Map()).inputSchema.properties as {
      x: { type?: string };
    };
    const wrong = samples.filter(
      (value) => ![typeOf(value), undefined].includes(published.type?.replace('integer', 'number')),
    );
    for (const x of wrong)
      expect(await findings(type, { x })).toEqual([expect.stringMatching(/^x: must be /)]);
    expect(published.type === undefined || wrong.length > 0).toBe(true);
  });

  it('is still compared if it is a fraction of a whole number', async () => {
    expect(await findings(classWith(rules.IsInt(), rules.Max(9)), { x: 9.5 })).toEqual(
      expect.arrayContaining([
        'x: must be an integer number (isInt)',
        'x: must not be greater than 9 (max)',
      ]),
    );
  });

  it('in a list does not hide what is wrong with the other items', async () => {
    const type = classWith(rules.IsString(each), rules.MaxLength(3, each));
    expect(await findings(type, { x: ['abc', 5] })).toEqual([
      'x: each value must be a string (isString)',
    ]);
    expect(await findings(type, { x: ['abcd', 5] })).toEqual(
      expect.arrayContaining([
        'x: each value must be a string (isString)',
        'x: each value must be shorter than or equal to 3 characters (maxLength)',
      ]),
    );
    const nested = classWith(
      rules.ValidateNested(each),
      Type(() => Line),
    );
    expect(await findings(nested, { x: ['a', { count: 0 }, { count: 'x' }] })).toEqual([
      'x[1].count: must not be less than 1 (min)',
      'x[2].count: must be an integer number (isInt)',
      'x[0]: must be an object (isObject)',
    ]);
  });

  it('gets one line if a @Transform() fails, or returns it', async () => {
    class Dto {
      @Transform(({ value }: { value: string }) => value.split(','))
      @rules.IsDate(each)
      @Type(() => Date)
      dates!: Date[];
    }
    expect(await findings(Dto, { dates: [5] })).toEqual([
      'dates[0]: must be a date-time such as 2026-01-31T12:00:00Z (isDate)',
    ]);
    const returned = [rules.IsInt(), rules.Min(1), Transform(({ value }) => ({ value }) as object)];
    expect(await findings(classWith(...returned), { x: 5 })).toEqual([
      'x: must be an integer number (isInt)',
    ]);
    const around = [
      rules.ValidateNested(),
      Type(() => Line),
      Transform(({ value }) => value as Line),
    ];
    expect(await findings(classWith(...around), { x: { count: 'a' } })).toEqual([
      'x.count: must be an integer number (isInt)',
    ]);
  });

  it('gets one line if it is an object, and a list of dates is wanted', async () => {
    const type = classWith(
      rules.IsDate(each),
      Type(() => Date),
    );
    expect(await findings(type, { x: { a: 'b' } })).toEqual([`x: ${LIST}`]);
  });

  it('is named if a @Transform() fails on the null of an optional property', async () => {
    const trimmed = [
      rules.IsOptional(),
      rules.IsString(),
      Transform(({ value }: { value: string }) => value.trim()),
    ];
    expect(await findings(classWith(...trimmed), { x: null })).toEqual([`x: ${TEXT}`]);
  });

  it('is named even if a condition of another property fails on it', async () => {
    class Dto {
      @rules.IsString()
      kind!: string;
      @rules.ValidateIf(({ kind }: Dto) => kind.startsWith('a'))
      @rules.IsInt()
      size?: number;
    }
    expect(await findings(Dto, { kind: 5, size: 1 })).toEqual([`kind: ${TEXT}`]);
    expect(await findings(Dto, { kind: 'a', size: 'x' })).toEqual([
      'size: must be an integer number (isInt)',
    ]);
  });
});

describe('a rule about dates', () => {
  it.each([
    ['IsDateString', rules.IsDateString(), 'must be an ISO 8601 date, such as 2026-01-31'],
    ['IsISO8601', rules.IsISO8601(), 'must be an ISO 8601 date, such as 2026-01-31'],
    ['IsRFC3339', rules.IsRFC3339(), 'must be an RFC 3339 date-time, such as 2026-01-31T12:00:00Z'],
    ['IsMilitaryTime', rules.IsMilitaryTime(), 'must be a time of a 24-hour clock, such as 09:30'],
    ['IsTimeZone', rules.IsTimeZone(), 'must be an IANA time zone, such as Europe/Berlin'],
    [
      'each IsDateString',
      rules.IsDateString({}, each),
      'each value must be an ISO 8601 date, such as',
    ],
    ['its own words', rules.IsDateString({}, { message: 'No date' }), 'No date (isDateString)'],
  ])('says the form that it takes: %s', async (name, rule, words) => {
    const x = name.startsWith('each') ? ['31.1.'] : '31.1.';
    expect(await findings(classWith(rule), { x })).toEqual([
      expect.stringContaining(`x: ${words}`),
    ]);
  });

  it('says the first and the last date in ISO 8601', async () => {
    const first = new Date('2026-01-31T00:00:00Z');
    const type = classWith(
      rules.IsDate(),
      rules.MinDate(first),
      rules.MaxDate(() => first),
      Type(() => Date),
    );
    expect(await findings(type, { x: '2026-01-01T00:00:00Z' })).toEqual([
      'x: must not be before 2026-01-31T00:00:00.000Z (minDate)',
    ]);
    expect(await findings(type, { x: '2027-01-01T00:00:00Z' })).toEqual([
      'x: must not be after 2026-01-31T00:00:00.000Z (maxDate)',
    ]);
  });
});

describe('a rule without a message', () => {
  @rules.ValidatorConstraint({ name: 'even' })
  class Even {
    validate(value: unknown): boolean {
      return Number(value) % 2 === 0;
    }
  }
  it.each([
    ['a constraint', rules.Validate(Even), 'x: is not accepted by the rule even (even)'],
    ['a decorator', registered('odd'), 'x: is not accepted by the rule odd (odd)'],
    [
      'a decorator without a name',
      registered(),
      'x: is not accepted by its rule (customValidation)',
    ],
  ])('gets one: %s', async (_, rule, line) => {
    expect(await findings(classWith(rule), { x: 5 })).toEqual([line]);
  });
});

describe('an unknown argument', () => {
  class Order {
    @rules.ValidateNested()
    @Type(() => Line)
    line!: Line;
  }
  const ordered = { type: 'object', properties: { count: {} }, additionalProperties: false };
  const schema = { type: 'object', properties: { line: ordered } };

  it('of a nested object is refused with the names that the object has', async () => {
    const raw = { line: { count: 1, cuont: 2 } };
    expect(await findings(Order, raw)).toEqual([
      'line.cuont: is not an argument (whitelistValidation); accepted: count',
    ]);
    expect(() => planInput(schema).read(raw)).toThrow(
      'line.cuont: is not in the schema (additionalProperties); accepted: count',
    );
  });
});
