import { transformSync } from '@swc/core';
import * as transformer from 'class-transformer';
import * as validator from 'class-validator';
import ts from 'typescript';
import type { Type } from '@nestjs/common';
import { TOOL } from '../features/tools/definition/tool-kind.js';
import type { JsonSchema } from '../interfaces/json.js';
import { Description } from '../schema/decorators/description.decorator.js';
import { Param } from '../schema/decorators/param.decorator.js';
import { planArguments } from './arguments-planner.js';

/** The compilers emit different design types for initializers, enums, unions and optional parameters. */
const SOURCE = `
import { Type } from 'class-transformer';
import { IsEnum, IsInt, IsOptional, IsString, Max, Min, ValidateNested } from 'class-validator';
import { Description, Param } from '@nestmcp/core';

enum Unit { Celsius = 'celsius', Kelvin = 'kelvin' }
enum Level { Low, High }
type Size = 'small' | 'large';

class Address {
  @Description('Street and number') @IsString() street: string;
}
class Order {
  @IsInt() @Min(1) @Max(99) quantity: number = 1;
  @IsOptional() @IsEnum(Unit) unit?: Unit = Unit.Kelvin;
  @IsEnum(Level) level: Level;
  @ValidateNested() @Type(() => Address) shipTo: Address;
  @ValidateNested({ each: true }) @Type(() => Address) stops: Address[];
  @ValidateNested() @Type(() => Address) more: Address[];
  @IsOptional() @IsString({ each: true }) tags: string[] | null;
  @IsString() note: string | null;
}

export class Tools {
  text(@Param('x') x: string) {}
  number(@Param('x') x: number) {}
  boolean(@Param('x') x: boolean) {}
  initialized(@Param('x', { default: 1 }) x = 1) {}
  initializedTyped(@Param('x', { default: 1 }) x: number = 1) {}
  initializedText(@Param('x', { default: 'a' }) x = 'a') {}
  initializedBoolean(@Param('x', { default: false }) x = false) {}
  initializedList(@Param('x', { default: [], items: String }) x: string[] = []) {}
  optional(@Param('x', { optional: true, type: String }) x?: string) {}
  nullable(@Param('x', { nullable: true, type: 'integer' }) x: number | null) {}
  unit(@Param('x', { enum: Unit }) x: Unit) {}
  initializedUnit(@Param('x', { enum: Unit, default: Unit.Kelvin }) x = Unit.Kelvin) {}
  level(@Param('x', { enum: Level }) x: Level) {}
  size(@Param('x', { enum: ['small', 'large'] }) x: Size) {}
  list(@Param('x', { items: Number }) x: number[]) {}
  readonlyList(@Param('x', { items: Number }) x: readonly number[]) {}
  genericList(@Param('x', { items: Number }) x: Array<number>) {}
  listOfUnits(@Param('x', { enum: Unit }) x: Unit[]) {}
  address(@Param('x') x: Address) {}
  addresses(@Param('x', { items: Address }) x: Address[]) {}
  order(@Param() order: Order) {}
}
`;

const COMPILERS: Record<string, (source: string) => string> = {
  tsc: (source) =>
    ts.transpileModule(source, {
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2022,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        strict: true,
      },
    }).outputText,
  SWC: (source) =>
    transformSync(source, {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        keepClassNames: true,
      },
      module: { type: 'commonjs' },
    }).code,
};

const MODULES: Record<string, object> = {
  'class-transformer': transformer,
  'class-validator': validator,
  '@nestmcp/core': { Description, Param },
};

type Load = (exports: object, require: (name: string) => object | undefined) => void;

function load(code: string): Type {
  const exports: { Tools?: Type } = {};
  // The fixture must share Array, String and other globals with the code under test.
  // eslint-disable-next-line no-new-func, typescript/no-implied-eval
  const run = new Function('exports', 'require', code) as Load;
  run(exports, (name) => MODULES[name]);
  return exports.Tools ?? class Missing {};
}

function schemasOf(compile: (source: string) => string): Record<string, JsonSchema | string[]> {
  const hostClass = load(compile(SOURCE));
  const prototype = hostClass.prototype as object;
  const methods = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
  return Object.fromEntries(
    methods.map((methodName) => {
      const types = Reflect.getMetadata('design:paramtypes', prototype, methodName) as unknown[];
      const planned = planArguments(
        { kind: TOOL, host: new hostClass() as object, hostClass, methodName },
        types,
      );
      return [methodName, planned.plan?.inputSchema ?? [...planned.problems]];
    }),
  );
}

const x = (schema: JsonSchema, isRequired = true): JsonSchema => ({
  type: 'object',
  properties: { x: schema },
  ...(isRequired && { required: ['x'] }),
  additionalProperties: false,
});
const ADDRESS = {
  type: 'object',
  properties: { street: { description: 'Street and number', type: 'string' } },
  required: ['street'],
  additionalProperties: false,
};
const NESTED = { $ref: '#/$defs/Address' };
const UNIT = { type: 'string', enum: ['celsius', 'kelvin'] };

const EXPECTED: Record<string, JsonSchema> = {
  text: x({ type: 'string' }),
  number: x({ type: 'number' }),
  boolean: x({ type: 'boolean' }),
  initialized: x({ type: 'number', default: 1 }, false),
  initializedTyped: x({ type: 'number', default: 1 }, false),
  initializedText: x({ type: 'string', default: 'a' }, false),
  initializedBoolean: x({ type: 'boolean', default: false }, false),
  initializedList: x({ type: 'array', items: { type: 'string' }, default: [] }, false),
  optional: x({ type: 'string' }, false),
  nullable: x({ anyOf: [{ type: 'integer' }, { type: 'null' }] }),
  unit: x(UNIT),
  initializedUnit: x({ ...UNIT, default: 'kelvin' }, false),
  level: x({ type: 'number', enum: [0, 1] }),
  size: x({ type: 'string', enum: ['small', 'large'] }),
  list: x({ type: 'array', items: { type: 'number' } }),
  readonlyList: x({ type: 'array', items: { type: 'number' } }),
  genericList: x({ type: 'array', items: { type: 'number' } }),
  listOfUnits: x({ type: 'array', items: UNIT }),
  address: { ...x(NESTED), $defs: { Address: ADDRESS } },
  addresses: { ...x({ type: 'array', items: NESTED }), $defs: { Address: ADDRESS } },
  order: {
    type: 'object',
    properties: {
      quantity: { type: 'integer', minimum: 1, maximum: 99, default: 1 },
      unit: { ...UNIT, default: 'kelvin' },
      level: { type: 'number', enum: [0, 1] },
      shipTo: NESTED,
      stops: { type: 'array', items: NESTED },
      more: { type: 'array', items: NESTED },
      tags: { type: 'array', items: { type: 'string' } },
      note: { type: 'string' },
    },
    required: ['level', 'shipTo', 'stops', 'more', 'note'],
    additionalProperties: false,
    $defs: { Address: ADDRESS },
  },
};

describe.each(Object.entries(COMPILERS))('code that %s compiles', (_, compile) => {
  it.each(Object.entries(EXPECTED))('publishes %s as it is written', (method, schema) => {
    expect(schemasOf(compile)[method]).toEqual(schema);
  });

  it('has a row for every method', () => {
    expect(Object.keys(schemasOf(compile))).toEqual(Object.keys(EXPECTED));
  });
});
