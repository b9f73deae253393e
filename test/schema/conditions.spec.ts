import type { Type } from '@nestjs/common';
import { planClass } from '../../libs/core/src/schema/arguments/arguments-plan.js';
import { argumentsPublishing } from '../../libs/core/src/schema/class-validator/publishing.js';
import { compiled } from './compilers.js';
import { closed, maybe, one, testTable } from './table.js';

const text = { type: 'string' };
const integer = { type: 'integer' };
const flag = { type: 'boolean' };
const POINT = { $ref: '#/$defs/Point' };
const Point = closed({ x: integer });
const ByKind = {
  kind: text,
  unit: { ...text, enum: ['c', 'k'] },
  text: { ...text, minLength: 1 },
  count: integer,
  point: POINT,
  list: { type: 'array', items: integer },
};
const other = { kind: 'other', unit: 'c', text: 'a', count: 1, point: { x: 1 }, list: [1] };
const wrong = { unit: 'x', text: 5, count: '1', point: { x: 'a' }, list: [1.5] };
/** Whatever a condition switches off. */
const anything = Object.entries(wrong).map(([name, value]) => ({ kind: 'a', [name]: value }));
const broken = Object.entries(wrong).map(([name, value]) => ({ ...other, [name]: value }));
const nothing = { required: [] };

testTable('test/schema/conditions.dto.ts', {
  Point: one(integer, [1], ['a']),
  ByKind: {
    properties: ByKind,
    ...nothing,
    $defs: { Point },
    accepted: [{}, { kind: 'a' }, other],
    unpublished: [{ kind: null }, ...anything],
    refused: [...broken, { ...other, point: { x: 1, y: 1 } }, { kind: 5 }],
  },
  Renamed: {
    properties: { from: { ...text, format: 'date-time' }, x: { ...text, minLength: 2 } },
    required: ['from'],
    accepted: [{ from: '2001-01-01T00:00:00Z', x: 'ab' }, { from: '1999-01-01T00:00:00Z' }],
    unpublished: [
      { from: '1999-01-01T00:00:00Z', x: 'a' },
      { from: '1999-01-01T00:00:00Z', x: 5 },
    ],
    refused: [
      { from: '2001-01-01T00:00:00Z', x: 'a' },
      { from: '2001-01-01T00:00:00Z', x: 5 },
      { from: 5, x: 5 },
    ],
  },
  NotNull: {
    ...one(text, ['a'], [5, []], { required: [] }),
    unpublished: [{ x: null }],
  },
  Both: {
    properties: { x: integer, a: flag, b: flag },
    ...nothing,
    accepted: [{}, { x: 1 }, { a: true, b: true, x: 1 }],
    unpublished: [{ x: 'a' }, { a: true, x: 'a' }, { b: true, x: 1.5 }],
    refused: [{ a: true, b: true, x: 'a' }],
  },
  Nested: {
    properties: { x: { $ref: '#/$defs/ByKind' } },
    $defs: { ByKind: closed(ByKind, []), Point },
    accepted: [{ x: {} }, { x: other }],
    unpublished: anything.map((x) => ({ x })),
    refused: [{}, ...broken.map((x) => ({ x }))],
  },
  Partial: maybe(integer, [1], ['a', null]),
});

describe.each(compiled<Record<string, Type>>('test/schema/conditions.dto.ts'))(
  'rules under a condition, compiled by %s',
  (_, classes) => {
    const typeOf = (name: string): Type => classes[name] ?? class Missing {};

    it('need values that the published schema lets out when the condition holds', async () => {
      const { inputSchema } = planClass(typeOf('ByKind'), new Map());
      expect(inputSchema).not.toHaveProperty('required');
      await expect(planClass(typeOf('ByKind'), new Map()).read({ kind: 'other' })).rejects.toThrow(
        'count: is missing',
      );
      await expect(planClass(typeOf('NotNull'), new Map()).read({})).rejects.toThrow(
        'x: is missing',
      );
    });

    it('name the argument once', async () => {
      for (const [name, value] of Object.entries(wrong))
        await expect(
          planClass(typeOf('ByKind'), new Map()).read({ ...other, [name]: value }),
        ).rejects.toMatchObject({ findings: [expect.stringContaining(name)] });
    });

    it('publish a null that the condition lets through, on request', () => {
      const plan = planClass(typeOf('NotNull'), new Map(), [], argumentsPublishing(true));
      expect(plan.inputSchema.properties).toEqual({ x: { anyOf: [text, { type: 'null' }] } });
    });
  },
);
