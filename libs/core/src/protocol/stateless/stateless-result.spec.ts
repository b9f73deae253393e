import {
  assert,
  constantFrom,
  dictionary,
  json,
  jsonValue,
  oneof,
  property,
  string,
} from 'fast-check';
import type { JsonObject } from '../../interfaces/json.js';
import type { McpCacheHint } from '../../interfaces/mcp-cache-options.interface.js';
import { statelessResult } from './stateless-result.js';

const SERVER_INFO = 'io.modelcontextprotocol/serverInfo';
const INFO = { name: 'a "server"', version: '1.0.0' };
const serverInfoJson = JSON.stringify(INFO);
const CACHE: McpCacheHint = { ttlMs: 60_000, cacheScope: 'public' };

const marked = (result: object, cache?: McpCacheHint) =>
  JSON.parse(
    statelessResult(JSON.stringify(result), { serverInfoJson, ...(cache && { cache }) }),
  ) as unknown;

/** The expected result, built from objects. */
function naively(result: JsonObject, cache?: McpCacheHint): JsonObject {
  const { resultType = 'complete', _meta } = result;
  return {
    resultType,
    ...(resultType === 'complete' ? cache : {}),
    ...result,
    _meta: {
      ...(typeof _meta === 'object' && !Array.isArray(_meta) ? _meta : {}),
      [SERVER_INFO]: INFO,
    },
  };
}

describe('statelessResult', () => {
  it('marks an empty result', () => {
    expect(statelessResult('{}', { serverInfoJson: '{"name":"a"}' })).toBe(
      `{"resultType":"complete","_meta":{"${SERVER_INFO}":{"name":"a"}}}`,
    );
  });

  it('keeps the text of a result when nothing in it conflicts', () => {
    const text = '{"tools":[1.0,"\\u00e9"]}';
    expect(statelessResult(text, { serverInfoJson: '{}', cache: CACHE })).toBe(
      `{"resultType":"complete","ttlMs":60000,"cacheScope":"public","_meta":{"${SERVER_INFO}":{}},"tools":[1.0,"\\u00e9"]}`,
    );
  });

  it('keeps the _meta of a result', () => {
    expect(marked({ content: [], _meta: { 'com.example/a': 1 } })).toEqual({
      resultType: 'complete',
      content: [],
      _meta: { 'com.example/a': 1, [SERVER_INFO]: INFO },
    });
  });

  it("replaces another server's name in _meta", () => {
    expect(marked({ _meta: { [SERVER_INFO]: { name: 'b', version: '2' } } })).toEqual({
      resultType: 'complete',
      _meta: { [SERVER_INFO]: INFO },
    });
  });

  it.each([[null], [5], ['text'], [[1]]])('replaces a _meta that is %j', (_meta) => {
    expect(marked({ _meta })).toEqual({ resultType: 'complete', _meta: { [SERVER_INFO]: INFO } });
  });

  it.each(['input_required', 'task'])('adds no hint to a result of type %s', (resultType) => {
    expect(marked({ resultType, inputRequests: {} }, CACHE)).toEqual({
      resultType,
      inputRequests: {},
      _meta: { [SERVER_INFO]: INFO },
    });
  });

  it('keeps a hint of the result itself', () => {
    expect(marked({ ttlMs: 5, contents: [] }, CACHE)).toMatchObject({
      ttlMs: 5,
      cacheScope: 'public',
    });
  });

  it.each<JsonObject>([
    { structuredContent: { resultType: 'x', _meta: 5, ttlMs: 'soon', cacheScope: {} } },
    { content: [{ type: 'text', text: '{"_meta":{"a":1},"resultType":"x"}', _meta: {} }] },
    { content: [{ type: 'text', text: '"_meta":' }] },
    JSON.parse('{"__proto__":{"_meta":1},"a":{"__proto__":{"resultType":2}}}') as JsonObject,
  ])('does not change deeper members, as in %j', (result) => {
    expect(marked(result, CACHE)).toEqual(naively(result, CACHE));
  });

  const keys = oneof(
    constantFrom('resultType', '_meta', 'ttlMs', 'cacheScope', SERVER_INFO, 'content', '__proto__'),
    string(),
  );
  const values = oneof(jsonValue(), dictionary(keys, jsonValue()), json(), string());

  it('equals a spread of objects', () => {
    assert(
      property(dictionary(keys, values), constantFrom(undefined, CACHE), (result, cache) => {
        const plain = JSON.parse(JSON.stringify(result)) as JsonObject;
        expect(marked(plain, cache)).toEqual(naively(plain, cache));
      }),
      { numRuns: 1_000 },
    );
  });
});
