import { errorResult, textResult, toCallResult } from './call-result.js';

const text = (value: string) => ({ content: [{ type: 'text', text: value }] });
const image = { type: 'image', data: 'AAAA', mimeType: 'image/png' };
const link = { type: 'resource_link', uri: 'file:///a', name: 'a' };
const embedded = { type: 'resource', resource: { uri: 'file:///a', text: 'x' } };

describe('toCallResult', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
  ])('gives no content for %s', (_, returned) => {
    expect(toCallResult(returned)).toEqual({ content: [] });
  });

  it.each([
    ['a string, as it is', 'a "b"\n🌍', 'a "b"\n🌍'],
    ['a string that looks like JSON, not encoded twice', '{"a":1}', '{"a":1}'],
    ['an empty string', '', ''],
    ['a number', 1.5, '1.5'],
    ['zero', 0, '0'],
    ['what is no number in JSON', Number.NaN, 'null'],
    ['a boolean', false, 'false'],
    ['an object', { a: [1, { b: null }] }, '{"a":[1,{"b":null}]}'],
    [
      'an instance, by its members',
      new (class Order {
        id = 7;
      })(),
      '{"id":7}',
    ],
    ['a date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['an empty list', [], '[]'],
    ['a list of strings, in one block', ['42', '43'], '["42","43"]'],
    ['a list of numbers', [1, 2], '[1,2]'],
    [
      'a list with what is no block',
      [textResult('a').content[0], 'b'],
      '[{"type":"text","text":"a"},"b"]',
    ],
    ['what has a JSON of its own', { toJSON: () => ({ x: 1 }) }, '{"x":1}'],
    ['an object of another type', { type: 'text', body: 'a' }, '{"type":"text","body":"a"}'],
    [
      'an image without its type',
      { type: 'image', data: 'AAAA' },
      '{"type":"image","data":"AAAA"}',
    ],
    ['a page of the application', { content: [], total: 0 }, '{"content":[],"total":0}'],
    ['content that is not of blocks', { content: ['a'] }, '{"content":["a"]}'],
    ['a text block in disguise', { type: 'text', text: 1 }, '{"type":"text","text":1}'],
  ])('gives one text block for %s', (_, returned, expected) => {
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

  it('passes on a list of content blocks', () => {
    expect(toCallResult([image, link, embedded])).toEqual({ content: [image, link, embedded] });
  });

  it.each([
    ['with content alone', { content: [image] }],
    ['without content', { content: [] }],
    ['that failed', errorResult('no')],
    ['with structured content and _meta', { content: [], structuredContent: {}, _meta: { a: 1 } }],
  ])('passes on a result %s', (_, result) => {
    expect(toCallResult(result)).toBe(result);
  });

  const circular: Record<string, unknown> = {};
  circular.self = circular;

  it.each([
    ['a function', () => 1, 'type function has no JSON'],
    ['a symbol', Symbol('s'), 'type symbol has no JSON'],
    ['an object whose JSON is nothing', { toJSON: () => undefined }, 'type object has no JSON'],
    ['a bigint', 1n, 'BigInt'],
    ['a bigint within', { a: [1n] }, 'BigInt'],
    ['a circle', circular, 'circular'],
  ])('throws for %s', (_, returned, words) => {
    expect(() => toCallResult(returned)).toThrow(TypeError);
    expect(() => toCallResult(returned)).toThrow(words);
  });
});
