import { Ajv2020 } from 'ajv/dist/2020.js';
import { Transform, Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  IsEnum,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  NotEquals,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { ARGUMENTS, argumentsPublishing } from '../class-validator/publishing.js';
import { NO_ARGUMENTS, planClass } from './arguments-plan.js';
import { InvalidArgumentsError } from '../findings/invalid-arguments.error.js';

enum Level {
  Low,
  High,
}
class Line {
  @IsString()
  sku!: string;
  @IsInt()
  @Min(1)
  count!: number;
}
class Order {
  @ValidateNested()
  @Type(() => Line)
  main!: Line;
  @IsOptional()
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines?: Line[];
  @IsOptional()
  @IsString({ each: true })
  @MaxLength(3, { each: true })
  tags?: string[];
  @IsOptional()
  @IsEnum(Level)
  level?: Level;
  @NotEquals('x')
  note!: string;
  @IsOptional()
  @IsObject()
  meta?: object;
  @Allow()
  extra?: unknown;
}

const plan = planClass(Order, new Map());
const ajv = new Ajv2020({ strict: true, strictTypes: false });
const OK = { main: { sku: 'a', count: 1 }, note: '' };

async function findings(raw: object): Promise<readonly string[]> {
  const thrown: unknown = await plan.read(raw as Record<string, unknown>).catch((e: unknown) => e);
  return thrown instanceof InvalidArgumentsError ? thrown.findings : [];
}

describe('arguments that break a rule', () => {
  it.each([
    [
      'everything missing',
      {},
      ['note: is missing; must be a string', 'main: is missing; must be an'],
    ],
    ['a list for an object', { ...OK, main: [] }, ['main: must be an object (isObject)']],
    ['a list of one', { ...OK, main: [OK.main] }, ['main: must be an object (isObject)']],
    ['null for an object', { ...OK, main: null }, ['main: ']],
    ['a text for an object', { ...OK, main: 'a' }, ['main: ']],
    [
      'members of an object',
      { ...OK, main: { sku: 1, count: 0 } },
      ['main.sku: must be a string (isString)', 'main.count: must not be less than 1 (min)'],
    ],
    [
      'an unknown member',
      { ...OK, main: { ...OK.main, price: 1 } },
      ['main.price: is not an argument (whitelistValidation)'],
    ],
    ['an object for a list', { ...OK, lines: OK.main }, ['lines: must ']],
    [
      'an item of a list',
      { ...OK, lines: [OK.main, { sku: 'a' }] },
      ['lines[1].count: is missing; must not be less than 1 (min)', 'lines[1].count: is missing'],
    ],
    ['null in a list', { ...OK, lines: [null] }, ['lines[0]: ']],
    ['a list in a list', { ...OK, lines: [[OK.main]] }, ['lines[0]: must be an object (isObject)']],
    ['a text for a list', { ...OK, tags: 'abc' }, ['tags: must be an array (isArray)']],
    [
      'items of a list of texts',
      { ...OK, tags: ['abcd', 1] },
      ['tags: each value must be shorter than', 'tags: each value must be a string (isString)'],
    ],
    [
      'the name of a numeric member',
      { ...OK, level: 'Low' },
      ['level: must be one of 0, 1 (isEnum)'],
    ],
    ['an unknown argument', { ...OK, nots: 1 }, ['nots: is not an argument (whitelistValidation)']],
    ['several at once', { ...OK, main: [], tags: 'a', lines: {} }, ['tags', 'lines', 'main']],
  ])('%s: each is named, with its rule, by both validator and schema', async (_, raw, expected) => {
    const found = await findings(raw);
    for (const start of expected) expect(found).toContainEqual(expect.stringContaining(start));
    expect(ajv.validate(plan.inputSchema, raw)).toBe(false);
  });

  it('are listed with similar names', async () => {
    await expect(findings({ ...OK, nots: 1 })).resolves.toEqual([
      'nots: is not an argument (whitelistValidation); accepted: main, lines, tags, level, note, meta, extra',
    ]);
  });

  it('are named once when class-validator names them itself', async () => {
    const found = await findings({ ...OK, main: 'a', lines: 'b' });
    expect(new Set(found.map((line) => line.split(':')[0])).size).toBe(2);
    expect(found.filter((line) => line.startsWith('main: '))).toHaveLength(1);
  });

  it.each(['{"__proto__":{"admin":1}}', '{"meta":{"a":[{"constructor":1}]}}'])(
    'are refused for the reserved name in %s, at any depth',
    async (json) => {
      const found = await findings({ ...OK, ...(JSON.parse(json) as object) });
      const direct = await findings(JSON.parse(json) as object);
      expect([...found, ...direct]).toContainEqual(expect.stringContaining('is a reserved name'));
      expect({}).not.toHaveProperty('admin');
    },
  );
});

describe('arguments that satisfy the rules', () => {
  it.each([
    ['the minimum', OK],
    ['empty lists', { ...OK, lines: [], tags: [] }],
    ['everything', { ...OK, lines: [OK.main], tags: ['abc'], level: 1, meta: { a: [] }, extra: 1 }],
  ])('%s: are an instance of the class, and valid for the schema', async (_, raw) => {
    const read = await plan.read(raw);
    expect(read).toBeInstanceOf(Order);
    expect((read as Order).main).toBeInstanceOf(Line);
    expect(JSON.parse(JSON.stringify(read))).toEqual(raw);
    expect(ajv.validate(plan.inputSchema, raw)).toBe(true);
  });

  it.each([
    ['is not published', ARGUMENTS],
    ['is published on request', argumentsPublishing(true)],
  ])('may be null when they are optional, which %s', async (_, publishing) => {
    const raw = { ...OK, lines: null, tags: null, level: null, meta: null };
    const either = planClass(Order, new Map(), [], publishing);
    expect(JSON.parse(JSON.stringify(await either.read(raw)))).toEqual(raw);
    expect(ajv.validate(either.inputSchema, raw)).toBe(publishing.optionalNull);
    await expect(either.read({ ...OK, main: null })).rejects.toThrow('main');
  });

  it('are transformed before they are validated, once', async () => {
    const transform = jest.fn(({ value }: { value: string }) => value.trim());
    class Trimmed {
      @Transform(transform)
      @MaxLength(1)
      x!: string;
    }
    const trimmed = planClass(Trimmed, new Map());
    transform.mockClear(); // The start tries out what the transformation keeps.
    await expect(trimmed.read({ x: ' a ' })).resolves.toEqual({ x: 'a' });
    expect(transform).toHaveBeenCalledTimes(1);
  });

  it('may be checked by an asynchronous rule of the application', async () => {
    const free = ValidateBy({
      name: 'isFree',
      validator: {
        validate: (value) => Promise.resolve(value === 'free'),
        defaultMessage: () => 'this name is taken',
      },
    });
    class Named {
      @free
      name!: string;
    }
    const named = planClass(Named, new Map());
    await expect(named.read({ name: 'free' })).resolves.toEqual({ name: 'free' });
    await expect(named.read({ name: 'x' })).rejects.toThrow('name: this name is taken (isFree)');
  });
});

describe('a tool without arguments', () => {
  it('publishes an object without properties, and accepts no arguments', async () => {
    expect(ajv.validateSchema(NO_ARGUMENTS.inputSchema)).toBe(true);
    expect(NO_ARGUMENTS.read({})).toEqual({});
    expect(() => NO_ARGUMENTS.read({ x: 1 })).toThrow('x: is not an argument');
    expect(ajv.validate(NO_ARGUMENTS.inputSchema, { x: 1 })).toBe(false);
  });
});
