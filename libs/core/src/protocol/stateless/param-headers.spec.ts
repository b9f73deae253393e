import type { JsonSchema } from '../../interfaces/json.js';
import { paramHeaders } from './param-headers.js';

const object = (properties: JsonSchema, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties,
  ...more,
});
const text = (header: unknown = 'Region', type: unknown = 'string'): JsonSchema => ({
  type,
  'x-mcp-header': header,
});

/** As text, because code would look like a promise to the linter. */
const consequence = (schema: JsonSchema): JsonSchema =>
  JSON.parse(`{"then":${JSON.stringify(schema)}}`) as JsonSchema;

describe('paramHeaders', () => {
  it.each<[string, JsonSchema]>([
    ['no properties', { type: 'object' }],
    ['properties without headers', object({ a: { type: 'string' } })],
    ['a property that has the name of the keyword', object({ 'x-mcp-header': { type: 'string' } })],
    ['the keyword in data', object({ a: { default: text(), const: text(), enum: [text()] } })],
  ])('finds none in %s', (_, schema) => {
    expect(paramHeaders(schema)).toEqual({ headers: undefined, problems: [] });
  });

  it('finds each header, with its path, in order', () => {
    const schema = object({
      region: text(),
      plain: { type: 'string' },
      place: object({ city: text('City'), deep: object({ level: text('Level', 'integer') }) }),
      isDry: text('Dry-Run', 'boolean'),
    });
    expect(paramHeaders(schema)).toEqual({
      headers: [
        { headerName: 'Mcp-Param-Region', path: ['region'] },
        { headerName: 'Mcp-Param-City', path: ['place', 'city'] },
        { headerName: 'Mcp-Param-Level', path: ['place', 'deep', 'level'] },
        { headerName: 'Mcp-Param-Dry-Run', path: ['isDry'] },
      ],
      problems: [],
    });
  });

  it.each(["!#$%&'*+-.^_`|~09azAZ", 'x', '0'])('accepts the name %j', (name) => {
    expect(paramHeaders(object({ a: text(name) })).problems).toEqual([]);
  });

  it.each([
    '',
    ' ',
    'a b',
    'a:b',
    'a\r\nb',
    'a\n',
    'ä',
    '(a)',
    'a/b',
    'a,b',
    '"a"',
    5,
    null,
    ['a'],
  ])('refuses the name %j', (name) => {
    expect(paramHeaders(object({ a: text(name) })).problems).toEqual([
      expect.stringContaining('the header of argument "a" is not a valid header name'),
    ]);
  });

  it.each([
    'number',
    'object',
    'array',
    'null',
    undefined,
    ['string'],
    ['string', 'null'],
    ['string', 'integer'],
  ])('refuses an argument of type %j', (type) => {
    const { type: _, ...untyped } = text();
    const property = type === undefined ? untyped : text('Region', type);
    expect(paramHeaders(object({ a: property })).problems).toEqual([
      expect.stringContaining('argument "a" has the header "Region", but its type is not string'),
    ]);
  });

  it('refuses the same name twice, at any depth and in any case', () => {
    const schema = object({ a: text('Region'), b: object({ c: text('rEGION') }) });
    expect(paramHeaders(schema).problems).toEqual([
      expect.stringContaining('"rEGION" of argument "b.c" is also the header of argument "a"'),
    ]);
  });

  it.each<[string, JsonSchema]>([
    ['at the root', object({}, { 'x-mcp-header': 'Region' })],
    ['in a definition', object({ a: { $ref: '#/$defs/A' } }, { $defs: { A: text() } })],
    [
      'in a property of a definition',
      object({ a: { $ref: '#/$defs/A' } }, { $defs: { A: object({ b: text() }) } }),
    ],
    ['in an item', object({ a: { type: 'array', items: text() } })],
    [
      'in an item that is an object',
      object({ a: { type: 'array', items: object({ b: text() }) } }),
    ],
    ['in one of the first items', object({ a: { type: 'array', prefixItems: [text()] } })],
    ['in other properties', object({}, { additionalProperties: text() })],
    ['in properties by pattern', object({}, { patternProperties: { a: text() } })],
    ['in an alternative', object({}, { anyOf: [object({ a: text() })] })],
    ['in an alternative of a property', object({ a: { oneOf: [text(), { type: 'null' }] } })],
    ['in a part of allOf', object({}, { allOf: [object({ a: text() })] })],
    ['in a condition', object({}, { if: object({ a: text() }) })],
    ['in a consequence', object({}, { if: {}, ...consequence(object({ a: text() })) })],
    ['in an alternative consequence', object({}, { if: {}, else: object({ a: text() }) })],
    ['in a negation', object({}, { not: object({ a: text() }) })],
    ['in a dependency', object({}, { dependentSchemas: { a: object({ b: text() }) } })],
  ])('refuses a header %s', (_, schema) => {
    expect(paramHeaders(schema)).toEqual({
      headers: undefined,
      problems: [expect.stringContaining('a header is set within ')],
    });
  });

  it('reports everything that is wrong', () => {
    const schema = object({ a: text(''), b: text('B', 'number'), c: { anyOf: [text('C')] } });
    expect(paramHeaders(schema).problems).toHaveLength(3);
  });
});
