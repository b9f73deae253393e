import { isJsonObject } from '../../interfaces/json.js';
import type { CallToolResult, ContentBlock } from '../../protocol/sdk.js';

const CONTENT_TYPES: ReadonlySet<unknown> = new Set([
  'text',
  'image',
  'audio',
  'resource',
  'resource_link',
]);

export function isContentBlock(value: unknown): value is ContentBlock {
  if (!isJsonObject(value) || !CONTENT_TYPES.has(value.type)) return false;
  if (value.type === 'text') return typeof value.text === 'string';
  if (value.type === 'resource') return isJsonObject(value.resource);
  if (value.type === 'resource_link') return typeof value.uri === 'string';
  return typeof value.data === 'string' && typeof value.mimeType === 'string';
}

const RESULT_KEYS: ReadonlySet<string> = new Set([
  'content',
  'structuredContent',
  'isError',
  '_meta',
]);

/** Nothing else may be in it: an empty page of an application, `{ content: [], total: 0 }`, is a value. */
export function isCallResult(value: unknown): value is CallToolResult {
  return (
    isJsonObject(value) &&
    Array.isArray(value.content) &&
    value.content.every(isContentBlock) &&
    Object.keys(value).every((key) => RESULT_KEYS.has(key))
  );
}
