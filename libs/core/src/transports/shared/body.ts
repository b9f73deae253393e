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

/**
 * Checks that a body is plain `application/json` in UTF-8. This also keeps out the forms of web pages (CSRF).
 * @throws Refusal 415
 */
export function checkMediaType({ headers }: IncomingMessage): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (!isPlainJson(headers['content-type'] ?? '') || encoding !== 'identity')
    throw new Refusal(415, UNSUPPORTED_MEDIA_TYPE);
}

/** Whether a request has a body, whether or not it has been read. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return (headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined;
}

/**
 * Returns the body of a request that a platform has already read, from `rawBody` or `body`. Undefined if the
 * body has not been read yet.
 * @throws Refusal 413 when the body is too large, 400 when the platform has read it but kept neither
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
  return Buffer.from(typeof body === 'string' ? body : stringified(body));
}

function stringified(body: unknown): string {
  try {
    return JSON.stringify(body) ?? '';
  } catch {
    // The body was parsed from JSON, so only its depth can make this fail.
    throw new Refusal(400, JSON_TOO_DEEP);
  }
}

/** A body, as JSON and as what it says. */
export interface ParsedBody {
  readonly json: unknown;
  readonly message: JsonRpcPost;
}

/**
 * Parses a body as a JSON-RPC message or a batch.
 * @throws Refusal 400: -32700 when the body is not JSON in UTF-8; -32600 when it exceeds a limit, is not a
 * message, or has duplicate or reserved member names; -32602 for a reserved name in `params`
 */
export function parseBody(body: Buffer, limits: McpLimitSettings): ParsedBody {
  const bound = brokenBound(body, limits);
  if (bound !== undefined) throw new Refusal(400, BOUND_WORDS[bound]);
  const json = parseJson(body);
  const message = readPost(json);
  if (message === undefined)
    throw new Refusal(400, hasUnusableId(json) ? UNUSABLE_ID : NOT_A_MESSAGE);
  checkNames(body, message);
  return { json, message };
}

/**
 * Returns only the message of {@link parseBody}.
 * @throws Refusal as {@link parseBody} does
 */
export function parseMessage(body: Buffer, limits: McpLimitSettings): JsonRpcPost {
  return parseBody(body, limits).message;
}

function parseJson(body: Buffer): unknown {
  try {
    if (isUtf8(body)) return parseExactly(body.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    // Falls through: the client does not get the parser's message.
  }
  throw malformed();
}

export function malformed(): Refusal {
  return new Refusal(400, MALFORMED_JSON, { code: JsonRpcErrorCode.ParseError });
}
