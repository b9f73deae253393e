import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { McpLimitSettings } from '../../interfaces/mcp-settings.interface.js';
import {
  BODY_TOO_LARGE,
  JSON_TOO_DEEP,
  JSON_TOO_MANY_NODES,
  MALFORMED_JSON,
  NOT_A_MESSAGE,
  UNSUPPORTED_MEDIA_TYPE,
} from '../../messages/refusal.messages.js';
import { brokenBound } from '../../protocol/json-bounds.js';
import { type JsonRpcMessage, readMessage } from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { Refusal } from './refusal.js';

const MEDIA_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i;
const BOUND_WORDS = { jsonDepth: JSON_TOO_DEEP, jsonNodes: JSON_TOO_MANY_NODES } as const;

/** @throws Refusal 415 for anything but plain `application/json` in UTF-8; this also keeps forms of web pages (CSRF) out. */
export function checkMediaType({ headers }: IncomingMessage): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (!MEDIA_TYPE.test(headers['content-type'] ?? '') || encoding !== 'identity')
    throw new Refusal(415, UNSUPPORTED_MEDIA_TYPE);
}

/**
 * Reads a body whole, as bytes: only then is it decoded, so that no character is lost between chunks.
 * @throws Refusal 413 as soon as the limit is passed; the rest is discarded as it arrives.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length']) > limit) throw tooLarge(request);
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else settle(() => reject(tooLarge(request)));
    };
    const onEnd = (): void => settle(() => resolve(Buffer.concat(chunks, size)));
    const onGone = (): void => settle(() => reject(new Refusal(400, MALFORMED_JSON)));
    const settle = (outcome: () => void): void => {
      request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      outcome();
    };
    request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}

/**
 * Makes one JSON-RPC message of a body.
 * @throws Refusal 400: -32700 for what is no JSON, -32600 for a broken bound and for what is no single message.
 */
export function parseMessage(body: Buffer, limits: McpLimitSettings): JsonRpcMessage {
  const bound = brokenBound(body, limits);
  if (bound !== undefined) throw new Refusal(400, BOUND_WORDS[bound]);
  const message = readMessage(parseJson(body));
  if (message === undefined) throw new Refusal(400, NOT_A_MESSAGE);
  return message;
}

function parseJson(body: Buffer): unknown {
  try {
    if (isUtf8(body)) return JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    // Falls through: what exactly is wrong with a body is not for strangers.
  }
  throw new Refusal(400, MALFORMED_JSON, { code: JsonRpcErrorCode.ParseError });
}

/** The connection is not used again: its client may be far from done sending. */
function tooLarge(request: IncomingMessage): Refusal {
  request.resume();
  return new Refusal(413, BODY_TOO_LARGE, { headers: { Connection: 'close' } });
}
