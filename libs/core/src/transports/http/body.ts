import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { McpLimitSettings } from '../../interfaces/mcp-settings.interface.js';
import {
  BODY_TOO_LARGE,
  BODY_TOO_SLOW,
  JSON_TOO_DEEP,
  JSON_TOO_MANY_NODES,
  MALFORMED_JSON,
  NOT_A_MESSAGE,
  SHUTTING_DOWN,
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
import { deadlines } from '../../runtime/deadlines.js';

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

/** How a body is read. */
export interface BodyTerms {
  readonly bodyBytes: number;
  readonly bodyMs: number;
  /** Fires when the server stops: a body that is still under way is not waited for. */
  readonly stopping: AbortSignal;
}

/**
 * Reads a body whole, as bytes: only then is it decoded, so that no character is lost between chunks.
 * @throws Refusal 413 as soon as the limit is passed, 408 when it takes too long, 503 when the server stops;
 * the rest is discarded as it arrives.
 */
export async function readBody(request: IncomingMessage, terms: BodyTerms): Promise<Buffer> {
  if (Number(request.headers['content-length']) > terms.bodyBytes)
    throw discarding(request, new Refusal(413, BODY_TOO_LARGE, CLOSE));
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const refuse = (refusal: Refusal): void => settle(() => reject(discarding(request, refusal)));
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= terms.bodyBytes) chunks.push(chunk);
      else refuse(new Refusal(413, BODY_TOO_LARGE, CLOSE));
    };
    const onEnd = (): void => settle(() => resolve(Buffer.concat(chunks, size)));
    const onGone = (): void => settle(() => reject(malformed()));
    const onStop = (): void => refuse(new Refusal(503, SHUTTING_DOWN, CLOSE));
    const deadline = deadlines.after(terms.bodyMs, () =>
      refuse(new Refusal(408, BODY_TOO_SLOW, CLOSE)),
    );
    const settle = (outcome: () => void): void => {
      deadline.stop();
      terms.stopping.removeEventListener('abort', onStop);
      request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      outcome();
    };
    terms.stopping.addEventListener('abort', onStop);
    request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}

/**
 * The body of a request that comes with its body read, as some platforms hand them over: what was left of
 * it as `rawBody` or `body`. Undefined where the body is still to be read.
 * @throws Refusal 413 when it is too large, 400 when nothing was left of it.
 */
export function bodyReadBefore(
  request: IncomingMessage & { rawBody?: unknown; body?: unknown },
  { bodyBytes }: BodyTerms,
): Buffer | undefined {
  if (!request.readableEnded) return undefined;
  const body = bytesOf(request.rawBody ?? request.body);
  if (body === undefined) throw malformed();
  if (body.length > bodyBytes) throw new Refusal(413, BODY_TOO_LARGE);
  return body;
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
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

function malformed(): Refusal {
  return new Refusal(400, MALFORMED_JSON, { code: JsonRpcErrorCode.ParseError });
}

/** The connection is not used again: its client may be far from done sending. */
const CLOSE = { headers: { Connection: 'close' } };

function discarding(request: IncomingMessage, refusal: Refusal): Refusal {
  request.resume();
  return refusal;
}
