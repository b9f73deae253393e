import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { RequestId } from '../interfaces/mcp-call.interface.js';
import { oneLine } from './one-line.js';
import { presentParams } from './present-params.js';

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
  /** Whatever the client sent; undefined in an error. */
  readonly result?: unknown;
  /** Whatever the client sent; undefined in a successful response. */
  readonly error?: unknown;
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
/** Bytes of an id or of a progress token: it is kept, and sent back with every message about its request. */
const LONGEST_ID = 256;

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
 * Optional members that are null are not there.
 */
export function readMessage(body: unknown): JsonRpcMessage | undefined {
  if (!isJsonObject(body) || body.jsonrpc !== '2.0') return undefined;
  const { id, method } = body;
  if (typeof method === 'string') {
    const params = presentParams(body.params);
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

/** Whether it is the id that keeps a body from being a message, or a batch of them. */
export function hasUnusableId(body: unknown): boolean {
  if (Array.isArray(body)) return body.length <= LONGEST_BATCH && body.some(hasUnusableId);
  return isJsonObject(body) && Object.hasOwn(body, 'id') && !isRequestId(body.id);
}

function readResponse(body: JsonObject): JsonRpcResponse | undefined {
  const isError = Object.hasOwn(body, 'error') && body.error !== null;
  if (isError === Object.hasOwn(body, 'result')) return undefined;
  const { id, result, error } = body;
  if (isRequestId(id)) return { kind: 'response', id, ...(isError ? { error } : { result }) };
  return isError && id === undefined ? { kind: 'response', id, error } : undefined;
}

/** Also of a progress token, which is the same kind of name. */
export function isRequestId(id: unknown): id is RequestId {
  if (typeof id === 'string') return !isLongId(id);
  return typeof id === 'bigint' || Number.isSafeInteger(id);
}

/** A text of more than 256 bytes. */
export function isLongId(id: unknown): boolean {
  // Not every long text is encoded: no character takes less than a byte.
  return typeof id === 'string' && (id.length > LONGEST_ID || Buffer.byteLength(id) > LONGEST_ID);
}

/** A successful response. Throws what `JSON.stringify` throws. */
export function resultMessage(id: RequestId, result: unknown): string {
  const { text } = result instanceof RawJson ? result : new RawJson(JSON.stringify(result));
  return `{"jsonrpc":"2.0","id":${nameText(id)},"result":${text}}`;
}

/** An error response; without an id where the request could not be read. */
export function errorMessage(
  id: RequestId | undefined,
  code: number,
  message: string,
  data?: JsonObject,
): string {
  const name = id === undefined ? '' : `,"id":${nameText(id)}`;
  const error = oneLine(JSON.stringify({ code, message, data }));
  return `{"jsonrpc":"2.0"${name},"error":${error}}`;
}

/** A request of the server; of its params, a member can be {@link RawJson}. */
export function requestMessage(id: string, method: string, params?: JsonObject): string {
  const head = `{"jsonrpc":"2.0","id":${nameText(id)},"method":${oneLine(JSON.stringify(method))}`;
  return params === undefined ? `${head}}` : `${head},"params":${objectText(params)}}`;
}

/** A response of a client, for {@link readMessage} of another node. */
export function responseMessage({ id, result, error }: JsonRpcResponse): string {
  return JSON.stringify({ jsonrpc: '2.0', id, result, error });
}

/** A notification; of its params, a member can be {@link RawJson}. */
export function notificationMessage(method: string, params?: JsonObject): string {
  const head = `{"jsonrpc":"2.0","method":${oneLine(JSON.stringify(method))}`;
  return params === undefined ? `${head}}` : `${head},"params":${objectText(params)}}`;
}

/** An object as JSON; a member that is {@link RawJson} or a `bigint` is spliced in as it is. */
export function objectText(members: JsonObject): string {
  const texts: string[] = [];
  for (const [name, value] of Object.entries(members)) {
    const text = memberText(value);
    if (text !== undefined) texts.push(`${JSON.stringify(name)}:${text}`);
  }
  return oneLine(`{${texts.join(',')}}`);
}

function memberText(value: unknown): string | undefined {
  if (value instanceof RawJson) return value.text;
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}

/** An id or a progress token as the client wrote it. */
function nameText(name: RequestId): string {
  return typeof name === 'string' ? oneLine(JSON.stringify(name)) : String(name);
}
