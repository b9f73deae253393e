import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { CallToolResult, ContentBlock } from '../protocol/sdk.js';
import { FileContent } from './file-content.js';
import { mimeTypeOfBase64 } from './known-bytes.js';

const CONTENT_TYPES: ReadonlySet<unknown> = new Set([
  'text',
  'image',
  'audio',
  'resource',
  'resource_link',
]);

/**
 * Whether a value is meant as a content block, judging by its type and the properties of that type. It may still be
 * malformed.
 */
export function isContentBlock(value: unknown): value is ContentBlock {
  if (!isJsonObject(value) || !CONTENT_TYPES.has(value.type)) return false;
  if (value.type === 'text') return typeof value.text === 'string';
  if (value.type === 'resource') return isJsonObject(value.resource);
  if (value.type === 'resource_link') return typeof value.uri === 'string';
  return isMedia(value);
}

/** Bytes, or text with a MIME type, or text that begins like a known format. */
function isMedia({ data, mimeType }: JsonObject): boolean {
  if (typeof data === 'string')
    return typeof mimeType === 'string' || mimeTypeOfBase64(data) !== undefined;
  return data instanceof Uint8Array || data instanceof ArrayBuffer;
}

export type Content = string | ContentBlock | FileContent;

/**
 * Whether a list is content: content blocks and files, and perhaps strings among them. Lists of an application do not
 * look like that.
 */
export function isContentList(items: readonly unknown[]): items is readonly Content[] {
  return (
    items.some((item) => typeof item !== 'string') &&
    items.every((item) => typeof item === 'string' || isContent(item))
  );
}

function isContent(value: unknown): boolean {
  return value instanceof FileContent || isContentBlock(value);
}

const RESULT_KEYS: ReadonlySet<string> = new Set([
  'content',
  'structuredContent',
  'isError',
  '_meta',
]);

/**
 * Whether a value is meant as a result. It must not have other properties: an empty page of an application, `{
 * content: [], total: 0 }`, is a value.
 */
export function isCallResult(value: unknown): value is CallToolResult {
  if (!isJsonObject(value) || !Array.isArray(value.content)) return false;
  const items: readonly unknown[] = value.content;
  const keys = Object.keys(value);
  return (
    keys.every((key) => RESULT_KEYS.has(key)) &&
    items.every(isPart) &&
    (items.length === 0 || keys.length > 1 || items.some((item) => typeof item !== 'string'))
  );
}

/** Within a result, the type alone decides. */
function isPart(item: unknown): boolean {
  if (typeof item === 'string' || item instanceof FileContent) return true;
  return isJsonObject(item) && CONTENT_TYPES.has(item.type);
}
