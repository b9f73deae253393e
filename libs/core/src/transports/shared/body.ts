import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { McpLimitSettings } from '../../interfaces/options/mcp-settings.interface.js';
import {
  BODY_TOO_LARGE,
  JSON_TOO_DEEP,
  JSON_TOO_MANY_NODES,
  MALFORMED_JSON,
  NOT_A_MESSAGE,
  UNSUPPORTED_MEDIA_TYPE,
  UNUSABLE_ID,
} from '../../messages/refusal.messages.js';
import { brokenBound } from '../../protocol/json-bounds.js';
import { parseExactly } from '../../protocol/exact-numbers.js';
import { hasUnusableId, type JsonRpcPost, readPost } from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { checkNames } from './name-check.js';
import { isPlainJson } from './media-types.js';
import { Refusal } from './refusal.js';

const BOUND_WORDS = { jsonDepth: JSON_TOO_DEEP, jsonNodes: JSON_TOO_MANY_NODES } as const;

/** @throws Refusal 415 for anything but plain `application/json` in UTF-8; this also keeps forms of web pages (CSRF) out. */
export function checkMediaType({ headers }: IncomingMessage): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (!isPlainJson(headers['content-type'] ?? '') || encoding !== 'identity')
    throw new Refusal(415, UNSUPPORTED_MEDIA_TYPE);
}

/** Whether a request has a body, be it on its way or read. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return (headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined;
}

/**
 * The body of a request that comes with its body read, as some platforms hand them over: what was left of
 * it as `rawBody` or `body`. Undefined where the body is still to be read.
 * @throws Refusal 413 when it is too large, 400 when nothing was left of it.
 */
export function bodyReadBefore(
  request: IncomingMessage & { rawBody?: unknown; body?: unknown },
  bodyBytes: number,
): Buffer | undefined {
  if (!request.readableEnded) return undefined;
  if (Number(request.headers['content-length']) > bodyBytes) throw new Refusal(413, BODY_TOO_LARGE);
  const body = bytesOf(request.rawBody ?? request.body);
  if (body === undefined) throw malformed();
  if (body.length > bodyBytes) throw new Refusal(413, BODY_TOO_LARGE);
  return body;
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : writtenAgain(body));
}

function writtenAgain(body: unknown): string {
  try {
    return JSON.stringify(body) ?? '';
  } catch {
    // It was JSON, so nothing but its depth can be in the way.
    throw new Refusal(400, JSON_TOO_DEEP);
  }
}

/**
 * Makes a JSON-RPC message of a body, or a batch of them.
 * @throws Refusal 400: -32700 for what is no JSON, -32600 for a broken bound and for what is neither; and for
 * names of members that are reserved or there twice.
 */
export function parseMessage(body: Buffer, limits: McpLimitSettings): JsonRpcPost {
  const bound = brokenBound(body, limits);
  if (bound !== undefined) throw new Refusal(400, BOUND_WORDS[bound]);
  const parsed = parseJson(body);
  const message = readPost(parsed);
  if (message === undefined)
    throw new Refusal(400, hasUnusableId(parsed) ? UNUSABLE_ID : NOT_A_MESSAGE);
  checkNames(body, message);
  return message;
}

function parseJson(body: Buffer): unknown {
  try {
    if (isUtf8(body)) return parseExactly(body.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    // Falls through: what exactly is wrong with a body is not for strangers.
  }
  throw malformed();
}

export function malformed(): Refusal {
  return new Refusal(400, MALFORMED_JSON, { code: JsonRpcErrorCode.ParseError });
}
