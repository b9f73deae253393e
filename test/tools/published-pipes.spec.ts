import {
  DefaultValuePipe,
  ParseArrayPipe,
  ParseBoolPipe,
  ParseDatePipe,
  ParseEnumPipe,
  ParseFloatPipe,
  ParseIntPipe,
  ParseUUIDPipe,
  type PipeTransform,
} from '@nestjs/common';
import { Param } from '@nestmcp/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { IsInt, Min } from 'class-validator';
import { TOOL } from '../../libs/core/src/features/tools/definition/tool-kind.js';
import { planArguments } from '../../libs/core/src/discovery/arguments-planner.js';

enum Unit {
  Celsius = 'c',
  Fahrenheit = 'f',
}
enum Level {
  Low,
  High,
}
class Line {
  @IsInt()
  @Min(1)
  count!: number;
}

/** Replaces what the pipe after it sees. */
class Trimmed implements PipeTransform {
  transform(value: unknown): unknown {
    return String(value).trim();
  }
}
/** Accepts other values than the pipe of Nest. */
class Hexadecimal extends ParseIntPipe {
  override transform(value: string): Promise<number> {
    return Promise.resolve(Number.parseInt(value, 16));
  }
}
class Named extends ParseIntPipe {}

class Tools {
  uuid(@Param('x', ParseUUIDPipe) _x: string) {}
  uuid4(@Param('x', new ParseUUIDPipe({ version: '4' })) _x: string) {}
  int(@Param('x', ParseIntPipe) _x: number) {}
  named(@Param('x', new Named()) _x: number) {}
  intText(@Param('x', new ParseIntPipe()) _x: string) {}
  intMaybe(@Param('x', new ParseIntPipe({ optional: true })) _x?: number) {}
  float(@Param('x', ParseFloatPipe) _x: number) {}
  floatText(@Param('x', ParseFloatPipe) _x: string) {}
  bool(@Param('x', ParseBoolPipe) _x: boolean) {}
  boolText(@Param('x', ParseBoolPipe) _x: string) {}
  unit(@Param('x', new ParseEnumPipe(Unit)) _x: Unit) {}
  level(@Param('x', new ParseEnumPipe(Level)) _x: Level) {}
  texts(@Param('x', ParseArrayPipe) _x: string[]) {}
  numbers(@Param('x', new ParseArrayPipe({ items: Number })) _x: number[]) {}
  lines(@Param('x', new ParseArrayPipe({ items: Line, optional: true })) _x?: Line[]) {}
  list(@Param('x', new ParseArrayPipe({ separator: ';' })) _x: string) {}
  date(@Param('x', ParseDatePipe) _x: Date) {}
  byDefault(@Param('x', new DefaultValuePipe(10), ParseIntPipe) _x: number) {}
  otherDefault(@Param('x', new DefaultValuePipe('10'), ParseIntPipe) _x: number) {}
  ruled(@Param('x', Min(1), ParseIntPipe) _x: number) {}
  told(@Param('x', { type: 'number' }, ParseIntPipe) _x: number) {}
  own(@Param('x', Trimmed, ParseIntPipe) _x: string) {}
  other(@Param('x', new Hexadecimal()) _x: string) {}
}

const HEX = '[0-9a-fA-F]';
const ROWS: readonly (readonly [name: keyof Tools, schema: object, presence?: 'optional'])[] = [
  ['uuid', { type: 'string', format: 'uuid' }],
  [
    'uuid4',
    {
      description: 'Must be a UUID of version 4.',
      type: 'string',
      format: 'uuid',
      pattern: `^${HEX}{8}-${HEX}{4}-4${HEX}{3}-[89abAB]${HEX}{3}-${HEX}{12}$`,
    },
  ],
  ['int', { type: 'integer' }],
  ['named', { type: 'integer' }],
  [
    'intText',
    { description: 'Must be a whole number as text.', type: 'string', pattern: '^-?\\d+$' },
  ],
  ['intMaybe', { type: 'integer' }, 'optional'],
  ['float', { type: 'number' }],
  [
    'floatText',
    {
      description: 'Must be a number as text.',
      type: 'string',
      pattern: expect.any(String) as string,
    },
  ],
  ['bool', { type: 'boolean' }],
  ['boolText', { type: 'string', enum: ['true', 'false'] }],
  ['unit', { type: 'string', enum: ['c', 'f'] }],
  ['level', { type: 'number', enum: [0, 1] }],
  ['texts', { type: 'array', items: { type: 'string' } }],
  ['numbers', { type: 'array', items: { type: 'number' } }],
  ['lines', { type: 'array', items: { $ref: '#/$defs/Line' } }, 'optional'],
  ['list', { description: 'Must be a list of items, separated by ";".', type: 'string' }],
  [
    'date',
    {
      description: 'Must be an ISO 8601 date, such as 2026-01-31 or 2026-01-31T12:00:00Z.',
      type: 'string',
      pattern: expect.any(String) as string,
    },
  ],
  ['byDefault', { type: 'integer', default: 10 }, 'optional'],
  ['otherDefault', { type: 'integer' }, 'optional'],
  ['ruled', { type: 'integer', minimum: 1 }],
  ['told', { type: 'number' }],
  ['own', { type: 'string' }],
  ['other', { type: 'string' }],
];

const planOf = (methodName: keyof Tools) => {
  const types = Reflect.getMetadata('design:paramtypes', Tools.prototype, methodName) as unknown[];
  const method = { kind: TOOL, host: new Tools(), hostClass: Tools, methodName };
  const { plan, problems } = planArguments(method, types);
  if (plan === undefined) throw new Error(problems.join('\n'));
  return plan;
};

const ajv = new Ajv2020({ strict: true });
ajv.addFormat('uuid', fullFormats.uuid);

const UUID = '550e8400-e29b-41d4-a716-446655440000';
const TEXTS = [
  '',
  '0',
  '5',
  '-5',
  '+5',
  '05',
  '5.5',
  '.5',
  '5.',
  '1e3',
  '0x10',
  ' 5',
  '5 ',
  '--5',
  'a',
  'Infinity',
  'NaN',
  'true',
  'false',
  'TRUE',
  '1',
  'c',
  'f',
  'Celsius',
  'a,b',
  '٣',
  '-',
  '1_0',
  UUID,
  UUID.toUpperCase(),
  UUID.replace('41d4', '31d4'),
  '2026-01-31',
  '2026-01-31T12:00:00Z',
  '2026-01-31T12:00:00.5+01:00',
  '31.1.2026x',
  '2026-13-01',
];

/** Pipes that receive texts, beside the method that has them. Their texts are those that the schema accepts. */
const EXACT: readonly (readonly [keyof Tools, PipeTransform])[] = [
  ['uuid', new ParseUUIDPipe()],
  ['uuid4', new ParseUUIDPipe({ version: '4' })],
  ['intText', new ParseIntPipe()],
  ['floatText', new ParseFloatPipe()],
  ['boolText', new ParseBoolPipe()],
  ['unit', new ParseEnumPipe(Unit)],
];

const passes = async (pipe: PipeTransform, x: unknown): Promise<boolean> => {
  try {
    await pipe.transform(x, { type: 'body' });
    return true;
  } catch {
    return false;
  }
};

describe("Nest's pipe on a parameter", () => {
  it.each(ROWS.map(([name, schema, presence]) => [name, schema, presence] as const))(
    'publishes what it accepts: %s',
    (name, schema, presence) => {
      const { properties, required = [] } = planOf(name).inputSchema;
      expect(properties).toEqual({ x: schema });
      expect(required).toEqual(presence === 'optional' ? [] : ['x']);
    },
  );

  it.each(EXACT)('accepts exactly the texts that its schema accepts: %s', async (name, pipe) => {
    const plan = planOf(name);
    const validate = ajv.compile(plan.inputSchema);
    const accepted = TEXTS.filter((x) => validate({ x }));
    const passed: string[] = [];
    for (const x of TEXTS) if (await passes(pipe, x)) passed.push(x);
    expect(accepted).toEqual(passed);
    expect(accepted.length).toBeGreaterThan(0);
    for (const x of accepted)
      await expect(Promise.resolve(plan.read({ x }))).resolves.toEqual({ x });
  });

  it('accepts the dates that its schema accepts', async () => {
    const validate = ajv.compile(planOf('date').inputSchema);
    const accepted = TEXTS.filter((x) => validate({ x }));
    expect(accepted).toHaveLength(3);
    for (const x of accepted) expect(await passes(new ParseDatePipe(), x)).toBe(true);
  });

  it('gets the default of the pipe before it', async () => {
    await expect(Promise.resolve(planOf('byDefault').read({}))).resolves.toEqual({ x: 10 });
    await expect(Promise.resolve(planOf('otherDefault').read({}))).resolves.not.toHaveProperty(
      'x',
      '10',
    );
  });
});
