import { StreamableFile } from '@nestjs/common';
import { McpException } from '../../../protocol/mcp.exception.js';
import { errorResult, textResult, toCallResult as convert } from './call-result.js';
import { ResultBudget } from '../../../serialization/budget.js';
import { UnsendableResultError } from '../../../serialization/unsendable-result.error.js';

const toCallResult = (returned: unknown) =>
  convert(returned, new ResultBudget({ kind: 'tool', name: 't' }, 10_000));

const text = (value: string) => ({ content: [{ type: 'text', text: value }] });
const image = { type: 'image', data: 'AAAA', mimeType: 'image/png' };
const link = { type: 'resource_link', uri: 'file:///a', name: 'a' };
const embedded = { type: 'resource', resource: { uri: 'file:///a', text: 'x' } };

const PNG_TEXT = 'iVBORw0KGgoAAAAN';
const PNG = new Uint8Array(Buffer.from(PNG_TEXT, 'base64'));

const circle: Record<string, unknown> = { leaf: { a: 1 } };
circle.self = { circle };

function circularMap(): Map<string, unknown> {
  const map = new Map<string, unknown>();
  return map.set('self', map);
}

/** Each holds the next one twice: 2^depth paths, without a circular reference. */
function diamonds(depth: number): object {
  let value: object = {};
  for (let level = 0; level < depth; level++) value = { a: value, b: value };
  return value;
}

describe('toCallResult', () => {
  it('returns no content for nothing', () => {
    expect(toCallResult(undefined)).toEqual({ content: [] });
  });

  it.each([
    ['a string, as it is', 'a "b"\n🌍', 'a "b"\n🌍'],
    ['a string that looks like JSON, not encoded twice', '{"a":1}', '{"a":1}'],
    ['an empty string', '', ''],
    ['a number', 1.5, '1.5'],
    ['zero', 0, '0'],
    ['a number that JSON does not have', Number.NaN, 'null'],
    ['a boolean', false, 'false'],
    ['null', null, 'null'],
    ['an object', { a: [1, { b: null }] }, '{"a":[1,{"b":null}]}'],
    [
      'an instance, by its members',
      new (class Order {
        id = 7;
      })(),
      '{"id":7}',
    ],
    ['a date, as a string', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['a date within', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['a bigint, by its digits', 2n ** 64n, '18446744073709551616'],
    ['a bigint within', { a: [1n] }, '{"a":["1"]}'],
    [
      'a map',
      new Map<unknown, unknown>([
        ['a', 1],
        [2, new Map([['b', 3n]])],
      ]),
      '{"2":{"b":"3"},"a":1}',
    ],
    ['a map by objects', new Map([[{ k: 1 }, 'v']]), '[[{"k":1},"v"]]'],
    ['an empty map', new Map(), '{}'],
    ['a set', new Set(['a', new Set([1])]), '["a",[1]]'],
    [
      'bytes within',
      { a: Buffer.from('hi'), b: new Uint8Array([1]).buffer },
      '{"a":"aGk=","b":"AQ=="}',
    ],
    ['a typed array of numbers', new Float32Array([0.5, 2]), '[0.5,2]'],
    ['half a character', 'a\ud800b', 'a\ufffdb'],
    ['half a character within', { 'k\udc00': ['\ud800', '🌍'] }, '{"k\ufffd":["\ufffd","🌍"]}'],
    [
      'members without JSON, left out',
      { f: () => 1, s: Symbol('s'), u: undefined, k: 1 },
      '{"k":1}',
    ],
    ['items without JSON, as null', [() => 1, Symbol('s'), undefined], '[null,null,null]'],
    [
      'a member that only looks like a prototype',
      JSON.parse('{"__proto__":{"a":1}}'),
      '{"__proto__":{"a":1}}',
    ],
    ['an object without prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    ['a boxed string', Object('a'), 'a'],
    ['a promise within', { p: Promise.resolve(1) }, '{"p":{}}'],
    ['one object twice', [circle.leaf, circle.leaf], '[{"a":1},{"a":1}]'],
    ['an empty list', [], '[]'],
    ['a list of strings, in one block', ['42', '43'], '["42","43"]'],
    ['a list of numbers', [1, 2], '[1,2]'],
    [
      'a list with an item that is not a block',
      [textResult('a').content[0], 1],
      '[{"type":"text","text":"a"},1]',
    ],
    ['a value with its own toJSON', { toJSON: () => ({ x: 1 }) }, '{"x":1}'],
    ['an object of another type', { type: 'text', body: 'a' }, '{"type":"text","body":"a"}'],
    [
      'an image without its type',
      { type: 'image', data: 'AAAA' },
      '{"type":"image","data":"AAAA"}',
    ],
    ['a page of the application', { content: [], total: 0 }, '{"content":[],"total":0}'],
    ['content that is not of blocks', { content: ['a'] }, '{"content":["a"]}'],
    ['a text block in disguise', { type: 'text', text: 1 }, '{"type":"text","text":1}'],
  ])('returns one text block for %s', (_, returned, expected) => {
    expect(toCallResult(returned)).toEqual(text(expected));
  });

  it.each([
    ['a text', { type: 'text', text: 'a' }],
    ['an image', image],
    ['audio', { type: 'audio', data: 'AAAA', mimeType: 'audio/wav' }],
    ['a resource', embedded],
    ['a link', link],
    ['a block with annotations', { ...image, annotations: { priority: 1 } }],
  ])('passes on %s that is a content block', (_, block) => {
    expect(toCallResult(block)).toEqual({ content: [block] });
  });

  it('passes on a list of content blocks, and strings among them as text', () => {
    const list = ['a', image, link, embedded, ''];
    const content = [...text('a').content, image, link, embedded, ...text('').content];
    expect(toCallResult(list)).toEqual({ content });
    expect(toCallResult({ content: list })).toEqual({ content });
  });

  it.each([
    ['bytes', { type: 'image', data: Buffer.from('aaa'), mimeType: 'x/y' }, 'YWFh', 'x/y'],
    ['a view', { type: 'audio', data: new Uint8Array([255, 251]) }, '//s=', 'audio/mpeg'],
    ['a buffer', { type: 'image', data: PNG.buffer }, PNG_TEXT, 'image/png'],
    ['base64 of known bytes', { type: 'image', data: PNG_TEXT }, PNG_TEXT, 'image/png'],
    ['base64 in lines', { type: 'image', data: 'AA\r\nAA\n', mimeType: 'x/y' }, 'AAAA', 'x/y'],
    ['base64 without padding', { type: 'image', data: 'aGk', mimeType: 'x/y' }, 'aGk=', 'x/y'],
  ])('sends %s by its meaning', (_, block, data, mimeType) => {
    const sent = { type: block.type, data, mimeType };
    expect(toCallResult(block)).toEqual({ content: [sent] });
    expect(toCallResult({ content: [block] })).toEqual({ content: [sent] });
  });

  it('omits members that are null', () => {
    const annotations = { audience: null, priority: 1 };
    expect(toCallResult([{ ...link, title: null, size: undefined, annotations }])).toEqual({
      content: [{ ...link, annotations: { priority: 1 } }],
    });
    expect(toCallResult({ content: [], isError: null, _meta: null })).toEqual({ content: [] });
  });

  it.each([
    [[{ ...image, data: 'data:image/png;base64,AAAA' }], '[0].data is not base64, but a data: URL'],
    [[link, { ...image, data: 'a-_=' }], '[1].data is not base64, but base64url'],
    [{ content: [{ type: 'image', mimeType: 'image/png' }] }, '[0].data is missing'],
    [{ content: [{ type: 'image', data: 'AAAA' }] }, '[0].mimeType is missing'],
    [{ content: [{ type: 'text' }] }, '[0].text is missing'],
    [{ type: 'resource_link', uri: 'file:///a' }, '[0].name is missing'],
    [{ ...link, size: '5' }, '[0].size must be a number of bytes'],
    [{ ...link, icons: [{ src: 1 }] }, '[0].icons[0].src must be a string'],
    [{ type: 'resource', resource: { text: 'x' } }, '[0].resource.uri is missing'],
    [{ type: 'resource', resource: { uri: 'a' } }, '[0].resource must have a text, or bytes'],
    [{ type: 'resource', resource: { uri: 'a', blob: '=' } }, '[0].resource.blob is not base64'],
    [{ ...image, annotations: 'user' }, '[0].annotations must be an object'],
    [{ ...image, annotations: { audience: 'user' } }, '[0].annotations.audience must be a list'],
    [{ ...image, annotations: { audience: ['me'] } }, 'audience[0] must be "user" or "assistant"'],
    [{ ...image, annotations: { priority: 2 } }, '[0].annotations.priority must be a number from'],
    [{ ...image, annotations: { lastModified: '2026-02-30T00:00:00Z' } }, 'must be a date-time'],
    [{ ...image, _meta: [] }, '[0]._meta must be an object'],
    [{ content: [image], isError: 'yes' }, 'isError must be true or false'],
    [{ content: [image], _meta: 'a' }, '_meta must be an object'],
    [{ content: ['a'], _meta: { progressToken: {} } }, '_meta.progressToken must be a string or'],
  ])('refuses %j', (returned, words) => {
    expect(() => toCallResult(returned)).toThrow(UnsendableResultError);
    expect(() => toCallResult(returned)).toThrow(words);
  });

  it.each([
    ['with content alone', { content: [image] }],
    ['without content', { content: [] }],
    ['that failed', errorResult('no')],
    ['with structured content and _meta', { content: [], structuredContent: {}, _meta: { a: 1 } }],
  ])('passes on a result %s', (_, result) => {
    expect(toCallResult(result)).toEqual(result);
  });

  it.each([
    ['a function', () => 1, 'a value of type function has no JSON'],
    ['a symbol', Symbol('s'), 'a value of type symbol has no JSON'],
    [
      'an object whose toJSON returns nothing',
      { toJSON: () => undefined },
      'type undefined has no JSON',
    ],
    ['a circular reference', circle, 'an object that refers back to itself'],
    ['circular maps', circularMap(), 'an object that refers back to itself'],
    ['a file within', { a: new StreamableFile(Buffer.from('a')) }, 'a stream or file within'],
    ['a long text', 'x'.repeat(10_001), 'too large: more than 10000 bytes'],
    ['a long text within', [['x'.repeat(10_001)]], 'too large'],
    ['many bytes within', { a: Buffer.alloc(7_600) }, 'too large'],
    ['a long list of undefined', Array.from({ length: 10_001 }), 'too large'],
    ['more paths than atoms', diamonds(100), 'too large'],
  ])('throws for %s', (_, returned, words) => {
    expect(() => toCallResult(returned)).toThrow(McpException);
    expect(() => toCallResult(returned)).toThrow(words);
  });

  it('throws the error of a toJSON', () => {
    const returned = {
      toJSON: () => {
        throw new Error('the application broke');
      },
    };
    expect(() => toCallResult(returned)).toThrow('the application broke');
  });
});
