import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import type { McpCacheHint } from '../../interfaces/mcp-cache-options.interface.js';
import { META_SERVER_INFO } from './meta-keys.js';

const COMPLETE = 'complete';

/** What a result of 2026-07-28 has beside its content. */
export interface ResultMarks {
  /** Name and version of the server, as JSON. */
  readonly serverInfoJson: string;
  /** Undefined where the method has none ({@link CACHEABLE_METHODS}). */
  readonly cache?: McpCacheHint;
}

/** Only a key can look like this in what `JSON.stringify` writes: within a text its quotes are escaped. */
const OCCUPIED = ['"resultType":', '"_meta":', '"ttlMs":', '"cacheScope":'];

/**
 * Adds `resultType`, the server's name in `_meta` and the cache hint to a result (2026-07-28 base protocol,
 * ResultType and Per-response protocol fields; caching). `json` is an object as `JSON.stringify` writes it.
 * What the result says itself stays: its type, its hint, and all of its `_meta` save the server's name. One
 * that is not complete gets no hint. The text is parsed only where it has one of these keys at any depth.
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
