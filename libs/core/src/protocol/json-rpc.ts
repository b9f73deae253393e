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
  /** Undefined in an error about a request whose id could not be read. */
  readonly id: RequestId | undefined;
  /** The result, not validated; undefined in an error. */
  readonly result?: unknown;
  /** The error, not validated; undefined in a successful response. */
  readonly error?: unknown;
}

export type JsonRpcMessage = JsonRpcRequest | JsonRpcNotification | JsonRpcResponse;

/** Several messages in one body, which only 2025-03-26 supports (base protocol, Batching). */
export interface JsonRpcBatch {
  readonly kind: 'batch';
  readonly messages: readonly JsonRpcMessage[];
}

/** The body of a POST. */
export type JsonRpcPost = JsonRpcMessage | JsonRpcBatch;

const LONGEST_BATCH = 20;
/** The limit of an id or a progress token, in bytes. It is stored, and sent with every message about its request. */
const LONGEST_ID = 256;

/** Text that is JSON already and is inserted into a message. It is converted to one line. */
export class RawJson {
  readonly text: string;

  constructor(json: string) {
    this.text = oneLine(json);
  }
}

/**
 * Reads a parsed body as a single message (JSON-RPC 2.0 §4, MCP base protocol). Returns undefined if it is not one: a
 * batch, or a body with `id: null`, a fractional id or without `jsonrpc: "2.0"`. Optional members that are null count
 * as missing.
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

/** Reads a parsed body as a message, or as a batch of 1 to 20 messages. Returns undefined if it is neither. */
export function readPost(body: unknown): JsonRpcPost | undefined {
  if (!Array.isArray(body)) return readMessage(body);
  if (body.length === 0 || body.length > LONGEST_BATCH) return undefined;
  const messages = body.map(readMessage).filter((message) => message !== undefined);
  return messages.length === body.length ? { kind: 'batch', messages } : undefined;
}

/** Whether a body has an invalid id, itself or in one message of a batch. */
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

/** Whether a value is a valid request id. Progress tokens follow the same rules. */
export function isRequestId(id: unknown): id is RequestId {
  if (typeof id === 'string') return !isLongId(id);
  return typeof id === 'bigint' || Number.isSafeInteger(id);
}

/** Whether an id is a string of more than 256 bytes. */
export function isLongId(id: unknown): boolean {
  // The length is checked first, because each character has at least one byte: a long text is not encoded.
  return typeof id === 'string' && (id.length > LONGEST_ID || Buffer.byteLength(id) > LONGEST_ID);
}

/**
 * Returns a successful response.
 * @throws TypeError when the result cannot be converted to JSON
 */
export function resultMessage(id: RequestId, result: unknown): string {
  const { text } = result instanceof RawJson ? result : new RawJson(JSON.stringify(result));
  return `{"jsonrpc":"2.0","id":${nameText(id)},"result":${text}}`;
}

/** Returns an error response. Without an id, it is about a request whose id could not be read. */
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

/** Returns a request of the server. Members of its params can be {@link RawJson}. */
export function requestMessage(id: string, method: string, params?: JsonObject): string {
  const head = `{"jsonrpc":"2.0","id":${nameText(id)},"method":${oneLine(JSON.stringify(method))}`;
  return params === undefined ? `${head}}` : `${head},"params":${objectText(params)}}`;
}

/** Returns a client's response as JSON, to be read by {@link readMessage} on another node. */
export function responseMessage({ id, result, error }: JsonRpcResponse): string {
  return JSON.stringify({ jsonrpc: '2.0', id, result, error });
}

/** Returns a notification. Members of its params can be {@link RawJson}. */
export function notificationMessage(method: string, params?: JsonObject): string {
  const head = `{"jsonrpc":"2.0","method":${oneLine(JSON.stringify(method))}`;
  return params === undefined ? `${head}}` : `${head},"params":${objectText(params)}}`;
}

/** Converts an object to JSON. A member that is {@link RawJson} or a `bigint` is inserted unchanged. */
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

/** The JSON of an id, as the client sent it. */
function nameText(name: RequestId): string {
  return typeof name === 'string' ? oneLine(JSON.stringify(name)) : String(name);
}
