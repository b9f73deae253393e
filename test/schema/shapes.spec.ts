import { closed, maybe, one, optional, testTable } from './table.js';

const text = { type: 'string' };
const number = { type: 'number' };
const integer = { type: 'integer' };
const POINT = { $ref: '#/$defs/Point' };
const Point = closed({ x: integer });
const Circle = closed({ kind: { const: 'circle' }, radius: { ...number, exclusiveMinimum: 0 } });
const Square = closed({ kind: { const: 'square' }, side: number });
const SHAPE = { anyOf: [{ $ref: '#/$defs/Circle' }, { $ref: '#/$defs/Square' }] };
const circle = { kind: 'circle', radius: 1 };
const square = { kind: 'square', side: 1 };
const NO_SHAPES = [
  { radius: 1 },
  { kind: 'oval', radius: 1 },
  { kind: 'circle', side: 1 },
  { ...circle, side: 1 },
  { kind: ['circle'], radius: 1 },
  null,
  'circle',
  [circle],
];
const DATE = { ...text, format: 'date-time' };
const NOW = '2026-01-31T12:00:00Z';
const NO_DATES = ['2026-02-30T12:00:00Z', '2026-01-31', 'soon', '', 5, true, {}];
const points = { type: 'array', items: POINT };

testTable('test/schema/shapes.dto.ts', {
  Point: one(integer, [1], ['a', 1.5]),
  Tree: {
    properties: { name: text, children: { type: 'array', items: { $ref: '#' } } },
    required: ['name'],
    accepted: [{ name: 'a' }, { name: 'a', children: [{ name: 'b', children: [] }] }],
    unpublished: [{ name: 'a', children: [{ name: 'b', children: null }] }],
    refused: [{}, { name: 'a', children: {} }, { name: 'a', children: [{ name: 1 }] }],
  },
  Circle: {
    properties: { radius: Circle.properties['radius'] ?? {} },
    accepted: [{ radius: 1 }],
    refused: [{}, circle],
  },
  Square: { properties: { side: number }, accepted: [{ side: 0 }], refused: [square] },
  Kept: {
    properties: { kind: text, size: integer },
    accepted: [{ kind: 'a', size: 1 }],
    refused: [{ size: 1 }],
  },
  Nested: one(POINT, [{ x: 1 }], [{}, { x: 1, y: 1 }, [{ x: 1 }], 1, null], { $defs: { Point } }),
  OptionalNested: optional(POINT, [{ x: 1 }], [[], {}], { $defs: { Point } }),
  NestedList: one(points, [[], [{ x: 1 }]], [{ x: 1 }, [null], [[]], [{}]], { $defs: { Point } }),
  ListByType: one(points, [[], [{ x: 1 }]], [{ x: 1 }, [1]], { $defs: { Point } }),
  Inherited: {
    properties: { name: text, x: integer },
    accepted: [{ name: 'a', x: 1 }],
    refused: [{ name: 'a' }, { x: 1 }],
  },
  Union: one(SHAPE, [circle, square], NO_SHAPES, { $defs: { Circle, Square } }),
  OptionalUnion: optional(
    { type: 'object', ...SHAPE },
    [circle, square],
    NO_SHAPES.filter((x) => x !== null),
    { $defs: { Circle, Square } },
  ),
  Unions: one(
    { type: 'array', items: SHAPE },
    [[], [circle, square, circle]],
    [circle, ...NO_SHAPES.map((x) => [circle, x])],
    { $defs: { Circle, Square } },
  ),
  KeptUnion: one(
    { anyOf: [{ $ref: '#/$defs/Kept' }] },
    [{ kind: 'kept', size: 1 }],
    [{ size: 1 }, { kind: 'x', size: 1 }, { kind: 'kept' }],
    {
      $defs: { Kept: closed({ kind: { const: 'kept' }, size: integer }) },
    },
  ),
  UnionSet: one({ type: 'array', items: SHAPE }, [[], [circle]], [circle, [{}]], {
    $defs: { Circle, Square },
  }),
  Moment: one(DATE, [NOW, '2026-01-31T12:00:00.123+02:00'], [...NO_DATES, null, [NOW]]),
  OptionalMoment: optional(
    { ...DATE, description: 'Must not be before 1970-01-01T00:00:00.000Z.' },
    [NOW],
    NO_DATES,
  ),
  Moments: one({ type: 'array', items: DATE }, [[], [NOW]], [NOW, ...NO_DATES.map((x) => [x])]),
  TextSet: one({ type: 'array', items: text }, [[], ['a', 'a']], ['a', [1], {}]),
  PointSet: one(points, [[], [{ x: 1 }, { x: 1 }]], [{ x: 1 }, [{}]], { $defs: { Point } }),
  MomentSet: one({ type: 'array', items: DATE }, [[NOW]], [NOW, [5]]),
  NumberMap: one(
    { type: 'object', additionalProperties: number },
    [{}, { a: 1 }],
    [[], [1], { a: '1' }, 1],
  ),
  PointMap: one(
    { type: 'object', additionalProperties: POINT },
    [{}, { a: { x: 1 } }],
    [[], { a: {} }, { a: 1 }],
    { $defs: { Point } },
  ),
  OptionalPointMap: optional(
    { type: 'object', additionalProperties: POINT },
    [{}],
    [[], { a: {} }],
    { $defs: { Point } },
  ),
  Big: one(
    { ...text, pattern: '^-?[0-9]{1,100}$' },
    ['0', '-9007199254740993'],
    ['', '1.5', 'a', 5, '0x1f', null, []],
  ),
  Converted: one(integer, [5], ['5', true, null]),
  Renamed: {
    ...one(integer, [1], ['a', null]),
    refused: [{ inner: 1 }, { x: 1, inner: 1 }, { x: 'a' }, {}],
  },
  RenamedNested: one({ $ref: '#/$defs/Renamed' }, [{ x: 1 }], [{ inner: 1 }, { x: 'a' }], {
    $defs: { Renamed: closed({ x: integer }) },
  }),
  Hidden: {
    properties: { x: integer },
    accepted: [{ x: 1 }],
    refused: [{ x: 1, secret: 'a' }, {}],
  },
  OnlyExposed: {
    properties: { x: integer },
    accepted: [{ x: 1 }],
    refused: [{ x: 1, secret: 'a' }, {}],
  },
  Grouped: {
    properties: { x: integer, note: { ...text, maxLength: 2 } },
    accepted: [{ x: 1, note: 'a' }],
    refused: [{ x: 1, note: 'abc' }, { x: 1 }, { x: 1, note: 'a', password: 'b' }],
  },
  RuleWithSchema: one({ ...integer, multipleOf: 2 }, [2], [1, '2']),
  RuleWithConstraint: one({ ...number, maximum: 5 }, [5], [6, '5']),
  RuleWithContext: one({ ...text, pattern: '^[0-9a-f]+$' }, ['ff'], ['g', 1]),
  RuleWithout: one(text, ['yes'], [5, null]),
  Swagger: optional(
    {
      description: 'Words',
      ...text,
      title: 'X',
      deprecated: true,
      examples: ['a'],
    },
    ['a'],
    [1],
  ),
  SwaggerEnum: one({ description: 'Won', ...text, enum: ['c', 'k'] }, ['c'], ['x', 1]),
  Initialized: maybe({ ...integer, default: 5 }, [1], ['a', null]),
  InitializedList: maybe({ type: 'array', items: text, default: ['a'] }, [[], ['b']], ['a', [1]]),
  InitializedAnew: maybe(number, [1], ['a']),
});

testTable('test/schema/groups.dto.ts', {
  Grouped: {
    groups: ['create'],
    properties: { x: integer, password: text, note: { ...text, maxLength: 2 }, role: text },
    accepted: [{ x: 1, note: 'a', password: 'b', role: 'c' }],
    refused: [
      { x: 1, note: 'a' },
      { x: 1, note: 'abc', password: 'b', role: 'c' },
      { note: 'a', password: 'b', role: 'c' },
      { x: 1, note: 'a', password: 'b' },
      { x: 1, note: 'a', password: 'b', role: 'c', left: 1 },
    ],
  },
});
