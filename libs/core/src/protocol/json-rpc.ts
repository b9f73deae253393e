import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { RequestId } from '../interfaces/mcp-call.interface.js';
import { oneLine } from './one-line.js';

export interface JsonRpcRequest {
  readonly kind: 'request';
  readonly id: RequestId;
  readonly method: string;
  readonly params: unknown;
}

export interface JsonRpcNotification {
  readonly kind: 'notification';
  readonly method: string;
  readonly params: unknown;
}

export interface JsonRpcResponse {
  readonly kind: 'response';
  /** Undefined in an error about a request that could not be read. */
  readonly id: RequestId | undefined;
}

export type JsonRpcMessage = JsonRpcRequest | JsonRpcNotification | JsonRpcResponse;

/** Several messages in one body, which one revision alone has (2025-03-26 base protocol, Batching). */
export interface JsonRpcBatch {
  readonly kind: 'batch';
  readonly messages: readonly JsonRpcMessage[];
}

/** What the body of a POST can be. */
export type JsonRpcPost = JsonRpcMessage | JsonRpcBatch;

const LONGEST_BATCH = 20;

/** Text that is JSON already and is spliced into the answer: one line, for every reader. */
export class RawJson {
  readonly text: string;

  constructor(json: string) {
    this.text = oneLine(json);
  }
}

/**
 * Tells what a parsed body is (JSON-RPC 2.0 §4, MCP base protocol).
 * Gives undefined for what is no single message: a batch, `id: null`, a fractional id, no `jsonrpc: "2.0"`.
 */
export function readMessage(body: unknown): JsonRpcMessage | undefined {
  if (!isJsonObject(body) || body.jsonrpc !== '2.0') return undefined;
  const { id, method, params } = body;
  if (typeof method === 'string') {
    if (!Object.hasOwn(body, 'id')) return { kind: 'notification', method, params };
    return isRequestId(id) ? { kind: 'request', id, method, params } : undefined;
  }
  return Object.hasOwn(body, 'method') ? undefined : readResponse(body);
}

/** The same for a whole body, which may be a batch: of 1 to 20 messages, each of them one. */
export function readPost(body: unknown): JsonRpcPost | undefined {
  if (!Array.isArray(body)) return readMessage(body);
  if (body.length === 0 || body.length > LONGEST_BATCH) return undefined;
  const messages = body.map(readMessage).filter((message) => message !== undefined);
  return messages.length === body.length ? { kind: 'batch', messages } : undefined;
}

function readResponse(body: JsonObject): JsonRpcResponse | undefined {
  const isError = Object.hasOwn(body, 'error');
  if (isError === Object.hasOwn(body, 'result')) return undefined;
  const { id } = body;
  if (isRequestId(id)) return { kind: 'response', id };
  return isError && id === undefined ? { kind: 'response', id } : undefined;
}

export function isRequestId(id: unknown): id is RequestId {
  return typeof id === 'string' || Number.isSafeInteger(id);
}

/** A successful response. Throws what `JSON.stringify` throws. */
export function resultMessage(id: RequestId, result: unknown): string {
  const { text } = result instanceof RawJson ? result : new RawJson(JSON.stringify(result));
  return `{"jsonrpc":"2.0","id":${oneLine(JSON.stringify(id))},"result":${text}}`;
}

/** An error response; without an id where the request could not be read. */
export function errorMessage(
  id: RequestId | undefined,
  code: number,
  message: string,
  data?: JsonObject,
): string {
  return oneLine(JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, data } }));
}

export function notificationMessage(method: string, params?: JsonObject): string {
  return oneLine(JSON.stringify({ jsonrpc: '2.0', method, params }));
}
