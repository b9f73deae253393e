import { toJsonSchema, toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { IsInt, IsString } from 'class-validator';
import * as v from 'valibot';
import { z } from 'zod';
import type { JsonObject, JsonSchema } from '../../interfaces/json.js';
import { InvalidArgumentsError } from '../findings/invalid-arguments.error.js';
import { planInput } from './input-plan.js';
import type { SchemaLike } from '../standard/schema-like.interface.js';

class Order {
  @IsString()
  id!: string;
  @IsInt()
  count!: number;
}

const COUNTED: JsonSchema = {
  type: 'object',
  properties: { id: { type: 'string' }, count: { type: 'integer' } },
  required: ['id', 'count'],
};
const valibot = v.object({ id: v.string(), count: v.pipe(v.number(), v.integer()) });

const SOURCES: [string, SchemaLike][] = [
  ['a class', Order],
  ['zod', z.object({ id: z.string(), count: z.int() })],
  ['arktype', type({ id: 'string', count: 'number.integer' })],
  ['valibot beside its JSON Schema', { schema: valibot, jsonSchema: COUNTED }],
  ['valibot as its vendor makes it standard', toStandardJsonSchema(valibot)],
  ['JSON Schema', COUNTED],
];

async function refused(given: SchemaLike, raw: JsonObject): Promise<readonly string[]> {
  try {
    await planInput(given).read(raw);
  } catch (error) {
    if (error instanceof InvalidArgumentsError) return error.findings;
    throw error;
  }
  return [];
}

describe.each(SOURCES)('an input of %s', (_, given) => {
  it('is published as an object schema of its members', () => {
    const { inputSchema } = planInput(given);
    expect(inputSchema).toMatchObject({
      type: 'object',
      properties: { id: { type: 'string' }, count: { type: 'integer' } },
    });
    expect([...(inputSchema.required as string[])].toSorted()).toEqual(['count', 'id']);
    expect(inputSchema).not.toHaveProperty('$schema');
  });

  it('returns the value', async () => {
    expect(await planInput(given).read({ id: 'a', count: 1 })).toEqual({ id: 'a', count: 1 });
  });

  it('names each invalid argument, and its rule', async () => {
    const lines = await refused(given, { id: 5, count: 1.5 });
    expect(lines.toSorted()).toEqual([
      expect.stringMatching(/^count: .*int.* \(\w+\)$/i),
      expect.stringMatching(/^id: .*string.* \(\w+\)$/i),
    ]);
  });

  it('says that a missing argument is missing', async () => {
    const lines = await refused(given, { id: 'a' });
    expect(lines).toEqual([expect.stringMatching(/^count: .*missing/)]);
  });

  it.each(['__proto__', 'constructor', 'prototype'])(
    'refuses members named %s at any depth, before any other check',
    async (name) => {
      const raw = JSON.parse(`{"deep":[{"${name}":{}}],"id":5}`) as JsonObject;
      expect(await refused(given, raw)).toEqual([
        expect.stringMatching(new RegExp(`^deep\\[0\\].${name}: is a reserved name`)),
      ]);
    },
  );
});

describe('the findings', () => {
  it.each<[string, SchemaLike, JsonObject, readonly string[]]>([
    [
      'lead into lists and objects',
      { type: 'object', properties: { lines: { items: { required: ['sku'] } } } },
      { lines: [{}] },
      ['lines[0].sku: is missing (required)'],
    ],
    [
      'name the accepted values',
      { type: 'object', properties: { unit: { enum: ['c', 1] }, kind: { const: 'x' } } },
      { unit: 'k', kind: 'y' },
      ['unit: must be one of "c", 1 (enum)', 'kind: must be "x" (const)'],
    ],
    [
      'name the accepted members',
      { ...COUNTED, additionalProperties: false },
      { id: 'a', count: 1, cuont: 1 },
      ['cuont: is not in the schema (additionalProperties); accepted: id, count'],
    ],
    [
      'name the format',
      { type: 'object', properties: { at: { type: 'string', format: 'date-time' } } },
      { at: 'now' },
      ['at: must match format "date-time" (format)'],
    ],
    [
      'of a strict object of zod name the member',
      z.strictObject({ place: z.strictObject({}) }),
      { place: { city: 'x' } },
      ['place.city: is not in the schema (unrecognized_keys)'],
    ],
    [
      'of arktype do not repeat the path',
      type({ place: { size: 'number>3' } }),
      { place: { size: 1 } },
      ['place.size: must be more than 3 (was 1) (min)'],
    ],
  ])('%s', async (_, given, raw, lines) => {
    expect(await refused(given, raw)).toEqual(lines);
  });

  it('are truncated when there are too many', async () => {
    const given = { type: 'object', properties: { list: { items: { type: 'string' } } } };
    const lines = await refused(given, { list: Array.from({ length: 60 }, (_, index) => index) });
    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe('and 10 more');
  });
});

describe('a Standard Schema', () => {
  it('is published with its input, and returns its output', async () => {
    const plan = planInput(z.object({ n: z.string().transform(Number), d: z.int().default(3) }));
    expect(plan.inputSchema).toMatchObject({
      properties: { n: { type: 'string' }, d: { default: 3 } },
      required: ['n'],
    });
    expect(await plan.read({ n: '5' })).toEqual({ n: 5, d: 3 });
  });

  it('may be asynchronous', async () => {
    const given = z.object({ id: z.string().refine(async (id) => id === 'a', 'must be known') });
    expect(await planInput(given).read({ id: 'a' })).toEqual({ id: 'a' });
    expect(await refused(given, { id: 'b' })).toEqual(['id: must be known (custom)']);
  });

  it('publishes a union of objects as an object', () => {
    const kinds = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a') }),
      z.object({ kind: z.literal('b') }),
    ]);
    expect(planInput(kinds).inputSchema.type).toBe('object');
  });

  it('has its object at the root when it refers to itself', async () => {
    const tree = z.object({
      name: z.string(),
      get children() {
        return z.array(tree);
      },
    });
    const plan = planInput(tree);
    expect(plan.inputSchema).toMatchObject({ type: 'object', properties: { name: {} } });
    await expect(refused(tree, { name: 'a', children: [{ name: 1 }] })).resolves.toHaveLength(2);
  });
});

const named = (name: string) => ({
  $id: 'https://example.com/same',
  type: 'object',
  required: [name],
});

describe('JSON Schema', () => {
  it('has the object at the root when the root is a bare reference', () => {
    const given = {
      $ref: '#/$defs/Node',
      $defs: {
        Node: {
          type: 'object',
          properties: { next: { $ref: '#/$defs/Node' }, v: { type: 'null' } },
        },
      },
    };
    expect(planInput(given).inputSchema).toEqual({
      type: 'object',
      properties: given.$defs.Node.properties,
      $defs: given.$defs,
    });
  });

  it('keeps every keyword, including unknown ones', () => {
    const given = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      if: { required: ['a'] },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { required: ['b'] },
      unevaluatedProperties: { $anchor: 'any' },
      'x-ours': 1,
    };
    expect(planInput(given).inputSchema).toEqual(given);
  });

  it('of one tool is not seen by that of another, even with the same $id', () => {
    planInput(named('a'));
    expect(() => planInput(named('b'))).not.toThrow();
    const reference = { $id: 'https://example.com/x', type: 'object', not: { $ref: '/same' } };
    expect(() => planInput(reference)).toThrow(/can't resolve reference/);
  });
});

const nested = (depth: number): JsonSchema =>
  depth === 1 ? { type: 'object' } : { type: 'object', properties: { a: nested(depth - 1) } };
const wide = (count: number): JsonSchema => ({
  type: 'object',
  anyOf: Array.from({ length: count - 1 }, () => ({})),
});
const endless: JsonSchema = { type: 'object', properties: {} };
endless.properties = { again: endless };
const hidden = { validate: () => ({ value: {} }), vendor: 'mute', version: 1 as const };

describe('an unusable input', () => {
  it.each<[string, SchemaLike, RegExp]>([
    ['a list', { type: 'array' }, /root must be of type "object"/],
    ['a schema that accepts anything', {}, /root must be of type "object"/],
    ['a string of zod', z.string(), /root must be of type "object"/],
    ['one that could be null', { type: ['object', 'null'] }, /root must be of type "object"/],
    [
      'a reference in a circle',
      { $ref: '#/$defs/A', $defs: { A: { $ref: '#/$defs/A' } } },
      /in a circle/,
    ],
    ['no valid schema', { type: 'objekt' }, /schema is invalid/],
    ['an external reference', { type: 'object', not: { $ref: 'https://a.b/c' } }, /never fetched/],
    ['a dangling reference', { type: 'object', not: { $ref: '#/$defs/no' } }, /can't resolve/],
    [
      'the metaschema by reference',
      { type: 'object', not: { $ref: 'https://json-schema.org/draft/2020-12/schema' } },
      /never fetched/,
    ],
    [
      'another dialect',
      { $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' },
      /draft-07.*only https:\/\/json-schema.org\/draft\/2020-12\/schema is understood/,
    ],
    [
      'another dialect from a vendor',
      { schema: valibot, jsonSchema: { ...toJsonSchema(valibot) } },
      /draft-07/,
    ],
    ['33 schemas deep', nested(33), /more than 32 deep/],
    ['2,001 schemas', wide(2001), /more than 2000 schemas/],
    ['one that holds itself as an object', endless, /more than 32 deep/],
    ['valibot alone', valibot, /valibot does not provide its JSON Schema; pass both/],
    ['a vendor without JSON Schema', { '~standard': hidden }, /mute does not provide/],
    ['a date of zod', z.object({ at: z.date() }), /Date cannot be represented.*pass both/],
  ])('%s', (_, given, words) => {
    expect(() => planInput(given)).toThrow(words);
    expect(() => planInput(given)).toThrow(expect.objectContaining({ name: 'SchemaError' }));
  });

  it.each([[null], ['text'], [5], [[]]])('%j', (given) => {
    expect(() => planInput(given as never)).toThrow('it is not a schema');
  });

  it('starts beyond the largest usable one', () => {
    expect(() => planInput(nested(32))).not.toThrow();
    expect(() => planInput(wide(2000))).not.toThrow();
  });
});
