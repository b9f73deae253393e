import type { JsonObject } from '../../interfaces/json.js';
import type { RequestId } from '../../interfaces/mcp-call.interface.js';
import { SHUTTING_DOWN } from '../../messages/refusal.messages.js';
import { errorMessage } from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import type { StatelessRefusal } from '../../protocol/stateless/stateless-refusal.js';

interface RefusalDetails {
  /** Id of the refused request, if it could be read. */
  readonly id?: RequestId;
  readonly code?: JsonRpcErrorCode;
  readonly headers?: Readonly<Record<string, string>>;
  /** The `data` of the JSON-RPC error. */
  readonly data?: JsonObject;
  /** An HTML page, which is the body instead of the JSON-RPC error. */
  readonly page?: string;
}

/** Closes the connection after the response, because the client may still have much to send. */
export const CLOSE = { headers: { Connection: 'close' } };

/** A request that a transport refuses: an HTTP status and a JSON-RPC error as the body. */
export class Refusal extends Error {
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON-RPC error as JSON, or a page; empty if the status is enough (405). */
  readonly body: string;
  readonly contentType: string;

  constructor(
    readonly status: number,
    message: string,
    { id, code = JsonRpcErrorCode.InvalidRequest, headers = {}, data, page }: RefusalDetails = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.headers = headers;
    this.body = page ?? (message === '' ? '' : errorMessage(id, code, message, data));
    this.contentType = page === undefined ? 'application/json' : 'text/html; charset=utf-8';
  }
}

/**
 * A refusal for a reason that is temporary and not a fault in the request. Its `Retry-After` header asks the
 * client to wait for one second.
 */
export function tooMany(status: 429 | 503, message: string, id?: RequestId): Refusal {
  return new Refusal(status, message, {
    ...(id !== undefined && { id }),
    code: JsonRpcErrorCode.InternalError,
    headers: { 'Retry-After': '1' },
  });
}

/** The refusal of new clients and calls while the server shuts down. */
export function shuttingDown(id?: RequestId): Refusal {
  return tooMany(503, SHUTTING_DOWN, id);
}

/** The refusal of every request after the server has ended. It also closes the connection. */
export function closed(id?: RequestId): Refusal {
  const { message, status, headers } = shuttingDown();
  return new Refusal(status, message, {
    ...(id !== undefined && { id }),
    code: JsonRpcErrorCode.InternalError,
    headers: { ...headers, Connection: 'close' },
  });
}

/** The refusal of a message of 2026-07-28, with the id of the request if it has one. */
export function statelessRefusal(
  { status, code, message, data }: StatelessRefusal,
  id?: RequestId,
): Refusal {
  return new Refusal(status, message, {
    ...(id !== undefined && { id }),
    code,
    ...(data && { data }),
  });
}
