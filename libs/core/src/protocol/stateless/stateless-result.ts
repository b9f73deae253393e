import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import type { McpCacheHint } from '../../interfaces/mcp-cache-options.interface.js';
import { META_SERVER_INFO } from './meta-keys.js';

const COMPLETE = 'complete';

/** The members that the server adds to a result of 2026-07-28. */
export interface ResultMarks {
  /** The name and the version of the server, as JSON. */
  readonly serverInfoJson: string;
  /** The cache hint; undefined if the method has none ({@link CACHEABLE_METHODS}). */
  readonly cache?: McpCacheHint;
}

/** In the output of `JSON.stringify`, only keys match these, because quotes within strings are escaped. */
const OCCUPIED = ['"resultType":', '"_meta":', '"ttlMs":', '"cacheScope":'];

/**
 * Adds `resultType`, the server info in `_meta` and the cache hint to a result (2026-07-28 base protocol, ResultType and
 * Per-response protocol fields; caching). `json` must be an object as `JSON.stringify` writes it. A `resultType`, a
 * cache hint and `_meta` of the result itself are kept, except the server info. A result that is not complete gets no
 * cache hint. The text is parsed only if it has one of these keys at any depth.
 */
export function statelessResult(json: string, marks: ResultMarks): string {
  if (OCCUPIED.some((key) => json.includes(key))) return parsedResult(json, marks);
  const { serverInfoJson, cache } = marks;
  const hint = cache ? `,"ttlMs":${cache.ttlMs},"cacheScope":"${cache.cacheScope}"` : '';
  const meta = `"_meta":{"${META_SERVER_INFO}":${serverInfoJson}}`;
  const rest = json === '{}' ? '}' : `,${json.slice(1)}`;
  return `{"resultType":"${COMPLETE}"${hint},${meta}${rest}`;
}

function parsedResult(json: string, { serverInfoJson, cache }: ResultMarks): string {
  const { _meta: meta, ...result } = JSON.parse(json) as JsonObject;
  const { resultType = COMPLETE } = result;
  return JSON.stringify({
    resultType,
    ...(resultType === COMPLETE && cache),
    ...result,
    _meta: {
      ...(isJsonObject(meta) && meta),
      [META_SERVER_INFO]: JSON.parse(serverInfoJson) as unknown,
    },
  });
}
