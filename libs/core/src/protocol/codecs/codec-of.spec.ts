import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonSchema } from '../../interfaces/json.js';
import { codecOf } from './codec-of.js';
import type { ToolDefinition, ToolResult } from './revision-codec.js';

const OBJECT: JsonSchema = { type: 'object', properties: { id: { type: 'string' } } };
const LIST: JsonSchema = { type: 'array', items: { type: 'number' } };
const TEXT = [{ type: 'text' as const, text: '[1]' }];

const definition = (outputSchema?: JsonSchema): ToolDefinition => ({
  name: 'find',
  title: 'Find',
  description: 'Find it',
  inputSchema: { type: 'object' },
  annotations: { title: 'Find', readOnlyHint: true },
  ...(outputSchema && { outputSchema }),
});
const wrapped = (schema: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: { result: schema },
  required: ['result'],
  additionalProperties: false,
});

const COMMON = ['name', 'description', 'inputSchema'];
const STRUCTURED = ['2025-06-18', '2025-11-25', '2026-07-28'];

describe.each([
  ['2024-11-05', COMMON],
  ['2025-03-26', [...COMMON, 'annotations']],
  ['2025-06-18', [...COMMON, 'annotations', 'title', 'outputSchema']],
  ['2025-11-25', [...COMMON, 'annotations', 'title', 'outputSchema']],
  ['2026-07-28', [...COMMON, 'annotations', 'title', 'outputSchema']],
])('the codec of %s', (revision, members) => {
  const codec = codecOf(revision);

  it(`lists ${members.join(', ')} of a tool`, () => {
    expect(Object.keys(codec.tool(definition(OBJECT))).toSorted()).toEqual(members.toSorted());
  });

  it('lists an object schema unchanged, if it lists any', () => {
    const expected = STRUCTURED.includes(revision) ? OBJECT : undefined;
    expect(codec.tool(definition(OBJECT)).outputSchema).toEqual(expected);
  });

  it('adds no output schema', () => {
    expect(codec.tool(definition())).not.toHaveProperty('outputSchema');
  });

  it('keeps the text, error and meta of a result', () => {
    const result: ToolResult = { content: TEXT, isError: true, _meta: { a: 1 } };
    expect(codec.result(result, undefined)).toEqual(result);
  });

  it('sends an object as structured content, if it sends any', () => {
    const result = { content: TEXT, structuredContent: { id: 'a' } };
    const expected = STRUCTURED.includes(revision) ? result : { content: TEXT };
    expect(codec.result(result, OBJECT)).toEqual(expected);
  });
});

describe.each(['2024-11-05', '2025-03-26'])('the codec of %s', (revision) => {
  it('adds text for a result that has only structured content', () => {
    const result = { content: [], structuredContent: [1] };
    expect(codecOf(revision).result(result, LIST)).toEqual({ content: TEXT });
  });
});

describe.each(['2025-06-18', '2025-11-25'])('the codec of %s', (revision) => {
  const codec = codecOf(revision);

  it('wraps a schema of a type other than object, and every value of it', () => {
    expect(codec.tool(definition(LIST)).outputSchema).toEqual(wrapped(LIST));
    expect(codec.result({ content: TEXT, structuredContent: [1] }, LIST)).toEqual({
      content: TEXT,
      structuredContent: { result: [1] },
    });
  });

  it('wraps an object, too, when the schema also accepts another type', () => {
    const schema = { type: ['object', 'null'] };
    expect(codec.tool(definition(schema)).outputSchema).toEqual(wrapped(schema));
    for (const value of [{ id: 'a' }, null])
      expect(
        codec.result({ content: [], structuredContent: value }, schema).structuredContent,
      ).toEqual({ result: value });
  });

  it.each([[[1]], [1], [null], ['a']])('wraps %j without a schema', (value) => {
    const { structuredContent } = codec.result(
      { content: [], structuredContent: value },
      undefined,
    );
    expect(structuredContent).toEqual({ result: value });
  });

  it.each<[string, JsonSchema, unknown, unknown]>([
    [
      '$defs',
      {
        type: 'array',
        items: { $ref: '#/$defs/Item' },
        $defs: { Item: { type: 'object', required: ['id'] } },
      },
      [{ id: 1 }],
      [{}],
    ],
    [
      'itself',
      { anyOf: [{ type: 'null' }, { type: 'array', items: { $ref: '#' } }] },
      [[null]],
      [1],
    ],
    [
      'an anchor',
      {
        type: 'array',
        items: { $ref: '#item' },
        $defs: { I: { $anchor: 'item', type: 'number' } },
      },
      [1],
      ['a'],
    ],
    [
      'an $id',
      {
        $id: 'https://example.com/list',
        type: 'array',
        items: { $ref: '#/$defs/I' },
        $defs: { I: { type: 'number' } },
      },
      [1],
      ['a'],
    ],
  ])('keeps the target of references to %s', (_, schema, right, wrong) => {
    const validate = new Ajv2020({ strict: false }).compile(
      codec.tool(definition(schema)).outputSchema as JsonSchema,
    );
    expect(validate({ result: right })).toBe(true);
    expect(validate({ result: wrong })).toBe(false);
  });

  it('treats data that looks like a reference as data', () => {
    const schema = { const: [{ $ref: '#/$defs/Item' }] };
    expect(codec.tool(definition(schema)).outputSchema).toEqual(wrapped(schema));
  });

  it('keeps the dialect at the root', () => {
    const $schema = 'https://json-schema.org/draft/2020-12/schema';
    expect(codec.tool(definition({ $schema, ...LIST })).outputSchema).toEqual({
      $schema,
      ...wrapped(LIST),
    });
  });
});

describe('the codec of 2026-07-28', () => {
  it.each([[[1]], [1], [null], ['a'], [{ id: 'a' }]])('sends %j unchanged', (value) => {
    const codec = codecOf('2026-07-28');
    expect(codec.tool(definition(LIST)).outputSchema).toEqual(LIST);
    const result = { content: TEXT, structuredContent: value };
    expect(codec.result(result, LIST)).toEqual(result);
  });
});

describe('an unknown revision', () => {
  it.each([undefined, '1999-01-01', 'toString'])(
    '%s has the codec of the latest revision',
    (revision) => {
      expect(codecOf(revision)).toBe(codecOf('2025-11-25'));
    },
  );
});
