import {
  NOT_A_MIME_TYPE,
  NOT_A_STRING,
  NOT_A_URI,
  NOT_BASE64,
} from '../messages/result.messages.js';
import { isBase64 } from '../protocol/definitions/base64.js';
import type { ContentBlock } from '../protocol/sdk.js';

type Block<Type extends ContentBlock['type']> = Extract<ContentBlock, { type: Type }>;

const MIME_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?: *; *[\w!#$&^.+-]+=(?:[\w!#$&^.+-]+|"[^"]*"))*$/;

/** A text block. */
export function text(value: string): Block<'text'> {
  return { type: 'text', text: stringFor('text', 'its text', value) };
}

/**
 * An image block.
 * @throws TypeError when the data is neither bytes nor base64, or the type is not `image/…`.
 */
export function image(data: Uint8Array | string, mimeType: string): Block<'image'> {
  return { type: 'image', ...media('image', data, mimeType) };
}

/**
 * An audio block.
 * @throws TypeError when the data is neither bytes nor base64, or the type is not `audio/…`.
 */
export function audio(data: Uint8Array | string, mimeType: string): Block<'audio'> {
  return { type: 'audio', ...media('audio', data, mimeType) };
}

/** Options of {@link resourceLink}, which describe its target. */
export interface ResourceLinkOptions {
  /** Name of the target. Default: the last part of the URI's path. */
  readonly name?: string;
  readonly title?: string;
  readonly description?: string;
  readonly mimeType?: string;
  /** Size of the target in bytes. */
  readonly size?: number;
}

/**
 * A link to a resource that the client may fetch.
 * @throws TypeError when the URI is not absolute, or the MIME type is not valid.
 */
export function resourceLink(
  uri: string,
  { name, ...options }: ResourceLinkOptions = {},
): Block<'resource_link'> {
  const { pathname } = urlFor('resourceLink', uri);
  if (options.mimeType !== undefined)
    mimeTypeFor('resourceLink', 'application/pdf', options.mimeType);
  return { type: 'resource_link', uri, name: name ?? (lastPart(pathname) || uri), ...options };
}

/**
 * A resource that is part of the result: text unchanged, bytes as base64.
 * @param mimeType default: `text/plain` for text, `application/octet-stream` for bytes.
 * @throws TypeError when the URI is not absolute, or the MIME type is not valid.
 */
export function embedded(
  uri: string,
  content: string | Uint8Array,
  mimeType?: string,
): Block<'resource'> {
  urlFor('embedded', uri);
  if (mimeType !== undefined) mimeTypeFor('embedded', 'application/pdf', mimeType);
  if (content instanceof Uint8Array)
    return {
      type: 'resource',
      resource: { uri, mimeType: mimeType ?? 'application/octet-stream', blob: base64Of(content) },
    };
  const written = stringFor('embedded', 'its content, or bytes', content);
  return { type: 'resource', resource: { uri, mimeType: mimeType ?? 'text/plain', text: written } };
}

/** Encodes the bytes as base64 without copying them first. */
export function base64Of({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function media(
  helper: 'image' | 'audio',
  data: Uint8Array | string,
  mimeType: string,
): { data: string; mimeType: string } {
  const example = helper === 'image' ? 'image/png' : 'audio/wav';
  mimeTypeFor(helper, example, mimeType);
  if (!mimeType.toLowerCase().startsWith(`${helper}/`))
    throw new TypeError(NOT_A_MIME_TYPE(helper, example, mimeType));
  if (data instanceof Uint8Array) return { data: base64Of(data), mimeType };
  if (typeof data !== 'string' || !isBase64(data)) throw new TypeError(NOT_BASE64(helper));
  return { data, mimeType };
}

function mimeTypeFor(helper: string, example: string, given: unknown): void {
  if (typeof given !== 'string' || !MIME_TYPE.test(given))
    throw new TypeError(NOT_A_MIME_TYPE(helper, example, given));
}

function urlFor(helper: string, given: unknown): URL {
  if (typeof given !== 'string' || !URL.canParse(given))
    throw new TypeError(NOT_A_URI(helper, given));
  return new URL(given);
}

function stringFor(helper: string, what: string, given: unknown): string {
  if (typeof given !== 'string') throw new TypeError(NOT_A_STRING(helper, what, given));
  return given;
}

function lastPart(pathname: string): string {
  const part = pathname.split('/').findLast((candidate) => candidate !== '') ?? '';
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
