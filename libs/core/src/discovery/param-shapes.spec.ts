import type { Type } from '@nestjs/common';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { IsInt, IsString, MaxLength, Min } from 'class-validator';
import { TOOL } from '../features/tools/definition/tool-kind.js';
import type { JsonSchema } from '../interfaces/json.js';
import { Param } from '../schema/decorators/param.decorator.js';
import { planArguments } from './arguments-planner.js';

enum Unit {
  Celsius = 'celsius',
  Kelvin = 'kelvin',
}
enum Level {
  Low,
  High,
}
class Point {
  @IsInt()
  x!: number;
}

/** One method per shape, each with the parameter `x`. */
class Shapes {
  text(@Param('x') _x: string) {}
  described(@Param('x', 'What to say') _x: string) {}
  describedInOptions(@Param('x', { description: 'What to say' }) _x: string) {}
  number(@Param('x') _x: number) {}
  integer(@Param('x', { type: 'integer' }) _x: number) {}
  integerByRule(@Param('x', IsInt()) _x: number) {}
  boolean(@Param('x') _x: boolean) {}
  typed(@Param('x', { type: String }) _x: unknown) {}
  texts(@Param('x', { items: String }) _x: string[]) {}
  numbers(@Param('x', { items: 'number' }) _x: number[]) {}
  integers(@Param('x', { items: 'integer' }) _x: number[]) {}
  booleans(@Param('x', { items: Boolean }) _x: boolean[]) {}
  unit(@Param('x', { enum: Unit }) _x: Unit) {}
  level(@Param('x', { enum: Level }) _x: Level) {}
  listed(@Param('x', { enum: ['a', 'b'] }) _x: string) {}
  mixed(@Param('x', { enum: ['a', 1] }) _x: string | number) {}
  units(@Param('x', { enum: Unit }) _x: Unit[]) {}
  unitsByItems(@Param('x', { enum: Unit, items: String }) _x: unknown) {}
  optional(@Param('x', { optional: true }) _x?: string) {}
  optionalTyped(@Param('x', { optional: true, type: Number }) _x?: number) {}
  nullable(@Param('x', { nullable: true, type: String }) _x: string | null) {}
  optionalNullable(@Param('x', { optional: true, nullable: true, type: 'integer' }) _x?: unknown) {}
  nullableUnit(@Param('x', { nullable: true, enum: Unit }) _x: Unit | null) {}
  nullableTexts(@Param('x', { nullable: true, items: String }) _x: string[] | null) {}
  withDefault(@Param('x', { default: 3 }) _x: number) {}
  defaultByInitializer(@Param('x', { default: 3 }) _x = 3) {}
  defaultZero(@Param('x', { default: 0, type: 'integer' }) _x = 0) {}
  defaultEmpty(@Param('x', { default: '' }) _x = '') {}
  defaultFalse(@Param('x', { default: false }) _x = false) {}
  defaultNull(@Param('x', { default: null, nullable: true, type: String }) _x: unknown = null) {}
  defaultUnit(@Param('x', { default: Unit.Kelvin, enum: Unit }) _x: Unit = Unit.Kelvin) {}
  defaultTexts(@Param('x', { default: ['a'], items: String }) _x: string[] = ['a']) {}
  ruled(@Param('x', 'A name', { optional: true }, MaxLength(3)) _x?: string) {}
  ruledTexts(@Param('x', { items: String }, MaxLength(3, { each: true })) _x: string[]) {}
  ruledNullable(@Param('x', { nullable: true, type: Number }, Min(2)) _x: number | null) {}
  point(@Param('x') _x: Point) {}
  points(@Param('x', { items: Point }) _x: Point[]) {}
  optionalPoint(@Param('x', { optional: true, type: Point }) _x?: Point) {}
  nullablePoint(@Param('x', { nullable: true, type: Point }) _x: Point | null) {}
  stringRuleOnly(@Param('x', IsString()) _x: string) {}
}

const planOf = (methodName: string) => {
  const types = Reflect.getMetadata('design:paramtypes', Shapes.prototype, methodName) as Type[];
  const method = { kind: TOOL, host: new Shapes(), hostClass: Shapes, methodName };
  const { plan, problems } = planArguments(method, types);
  if (plan === undefined) throw new Error(problems.join('\n'));
  return plan;
};
const propertyOf = (methodName: string) =>
  (planOf(methodName).inputSchema.properties as { x: JsonSchema }).x;

const ajv = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false });
const LEFT_OUT = Symbol('left out');
const argumentsWith = (x: unknown) => (x === LEFT_OUT ? {} : { x });

const POINT = { $ref: '#/$defs/Point' };
const NULL = { type: 'null' };

// Method, schema of x, accepted values, refused values.
const TABLE: readonly [keyof Shapes, JsonSchema, readonly unknown[], readonly unknown[]][] = [
  ['text', { type: 'string' }, ['', 'é🌍'], [LEFT_OUT, null, 1, true, [], ['a'], {}]],
  ['described', { description: 'What to say', type: 'string' }, ['a'], [1]],
  ['describedInOptions', { description: 'What to say', type: 'string' }, ['a'], [1]],
  ['number', { type: 'number' }, [0, -1.5, 1e300], [LEFT_OUT, null, '1', true, [1]]],
  ['integer', { type: 'integer' }, [0, -3, 2], [1.5, '1', LEFT_OUT]],
  ['integerByRule', { type: 'integer' }, [4], [1.5, null]],
  ['boolean', { type: 'boolean' }, [true, false], [0, 'true', null, LEFT_OUT]],
  ['typed', { type: 'string' }, ['a'], [1, LEFT_OUT]],
  [
    'texts',
    { type: 'array', items: { type: 'string' } },
    [[], ['a', '']],
    ['a', [1], [null], [['a']], {}, null, LEFT_OUT],
  ],
  ['numbers', { type: 'array', items: { type: 'number' } }, [[], [1.5]], [1, ['1']]],
  ['integers', { type: 'array', items: { type: 'integer' } }, [[1]], [1, [1.5]]],
  ['booleans', { type: 'array', items: { type: 'boolean' } }, [[true]], [true, [0]]],
  ['unit', { type: 'string', enum: ['celsius', 'kelvin'] }, ['kelvin'], ['Kelvin', 0, null]],
  ['level', { type: 'number', enum: [0, 1] }, [0, 1], ['Low', '0', 2, LEFT_OUT]],
  ['listed', { type: 'string', enum: ['a', 'b'] }, ['a'], ['c', ['a']]],
  ['mixed', { enum: ['a', 1] }, ['a', 1], ['1', 'b']],
  [
    'units',
    { type: 'array', items: { type: 'string', enum: ['celsius', 'kelvin'] } },
    [[], ['kelvin']],
    ['kelvin', ['x'], {}],
  ],
  [
    'unitsByItems',
    { type: 'array', items: { type: 'string', enum: ['celsius', 'kelvin'] } },
    [['celsius']],
    ['celsius'],
  ],
  ['optional', { type: 'string' }, [LEFT_OUT, 'a'], [null, 1]],
  ['optionalTyped', { type: 'number' }, [LEFT_OUT, 1], [null, '1']],
  ['nullable', { anyOf: [{ type: 'string' }, NULL] }, [null, 'a'], [LEFT_OUT, 1]],
  ['optionalNullable', { anyOf: [{ type: 'integer' }, NULL] }, [LEFT_OUT, null, 1], [1.5]],
  [
    'nullableUnit',
    { anyOf: [{ type: 'string', enum: ['celsius', 'kelvin'] }, NULL] },
    [null, 'kelvin'],
    ['x', LEFT_OUT],
  ],
  [
    'nullableTexts',
    { anyOf: [{ type: 'array', items: { type: 'string' } }, NULL] },
    [null, [], ['a']],
    ['a', [null], LEFT_OUT],
  ],
  ['withDefault', { type: 'number', default: 3 }, [LEFT_OUT, 1], [null, '1']],
  ['defaultByInitializer', { type: 'number', default: 3 }, [LEFT_OUT, 1], ['1']],
  ['defaultZero', { type: 'integer', default: 0 }, [LEFT_OUT, 1], [1.5]],
  ['defaultEmpty', { type: 'string', default: '' }, [LEFT_OUT, 'a'], [1]],
  ['defaultFalse', { type: 'boolean', default: false }, [LEFT_OUT, true], [1]],
  ['defaultNull', { anyOf: [{ type: 'string' }, NULL], default: null }, [LEFT_OUT, null, 'a'], [1]],
  [
    'defaultUnit',
    { type: 'string', enum: ['celsius', 'kelvin'], default: 'kelvin' },
    [LEFT_OUT, 'celsius'],
    ['x', null],
  ],
  [
    'defaultTexts',
    { type: 'array', items: { type: 'string' }, default: ['a'] },
    [LEFT_OUT, []],
    ['a'],
  ],
  ['ruled', { description: 'A name', type: 'string', maxLength: 3 }, [LEFT_OUT, 'abc'], ['abcd']],
  [
    'ruledTexts',
    { type: 'array', items: { type: 'string', maxLength: 3 } },
    [['abc']],
    [['abcd'], 'abc'],
  ],
  ['ruledNullable', { anyOf: [{ type: 'number', minimum: 2 }, NULL] }, [null, 2], [1, LEFT_OUT]],
  ['point', POINT, [{ x: 1 }], [{}, { x: 'a' }, { x: 1, y: 1 }, [], [{ x: 1 }], 1, null, LEFT_OUT]],
  [
    'points',
    { type: 'array', items: POINT },
    [[], [{ x: 1 }]],
    [{ x: 1 }, [{}], [null], [[]], [1], LEFT_OUT],
  ],
  ['optionalPoint', POINT, [LEFT_OUT, { x: 1 }], [null, {}, []]],
  ['nullablePoint', { anyOf: [POINT, NULL] }, [null, { x: 1 }], [LEFT_OUT, {}, []]],
  ['stringRuleOnly', { type: 'string' }, ['a'], [1]],
];

describe('a single @Param', () => {
  it.each(TABLE)('%s is published as %j', (name, schema) => {
    expect(propertyOf(name)).toEqual(schema);
    expect(ajv.validateSchema(planOf(name).inputSchema)).toBe(true);
  });

  it.each(TABLE)('%s: validator and schema accept the same values', async (name, _, yes, no) => {
    const plan = planOf(name);
    const validate = ajv.compile(plan.inputSchema);
    for (const x of yes) {
      await expect(Promise.resolve(plan.read(argumentsWith(x)))).resolves.toBeDefined();
      expect([x, validate(argumentsWith(x))]).toEqual([x, true]);
    }
    for (const x of no) {
      await expect(plan.read(argumentsWith(x))).rejects.toThrow(/^x/);
      expect([x, validate(argumentsWith(x))]).toEqual([x, false]);
    }
  });

  it('has a row in the table for every shape', () => {
    const methods = Object.getOwnPropertyNames(Shapes.prototype).slice(1);
    expect(TABLE.map(([name]) => name)).toEqual(methods);
  });

  it('is filled with a copy of its default when it is missing', async () => {
    const plan = planOf('defaultTexts');
    const [first, second] = [await plan.read({}), await plan.read({})] as { x: string[] }[];
    first?.x.push('changed');
    expect(second).toEqual({ x: ['a'] });
    await expect(plan.read({ x: [] })).resolves.toEqual({ x: [] });
  });

  it('is an instance of its class', async () => {
    const { x } = (await planOf('point').read({ x: { x: 1 } })) as { x: unknown };
    expect(x).toBeInstanceOf(Point);
  });
});
