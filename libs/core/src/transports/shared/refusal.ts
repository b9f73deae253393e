import type { JsonObject } from '../../interfaces/json.js';
import type { RequestId } from '../../interfaces/mcp-call.interface.js';
import { SHUTTING_DOWN } from '../../messages/refusal.messages.js';
import { errorMessage } from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import type { StatelessRefusal } from '../../protocol/stateless/stateless-refusal.js';

interface RefusalDetails {
  /** Id of the refused request, where it could be read. */
  readonly id?: RequestId;
  readonly code?: JsonRpcErrorCode;
  readonly headers?: Readonly<Record<string, string>>;
  /** `data` of the error. */
  readonly data?: JsonObject;
}

/** The connection is not used again: its client may be far from done sending. */
export const CLOSE = { headers: { Connection: 'close' } };

/** A request that a transport does not take: an HTTP status, and a JSON-RPC error as its body. */
export class Refusal extends Error {
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where the status says it all (405). */
  readonly body: string;

  constructor(
    readonly status: number,
    message: string,
    { id, code = JsonRpcErrorCode.InvalidRequest, headers = {}, data }: RefusalDetails = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.headers = headers;
    this.body = message === '' ? '' : errorMessage(id, code, message, data);
  }
}

/** A refusal that is none of the request's fault, and may be over soon; it says when to try again. */
export function tooMany(status: 429 | 503, message: string, id?: RequestId): Refusal {
  return new Refusal(status, message, {
    ...(id !== undefined && { id }),
    code: JsonRpcErrorCode.InternalError,
    headers: { 'Retry-After': '1' },
  });
}

/** The refusal of what is new while the server ends. */
export function shuttingDown(id?: RequestId): Refusal {
  return tooMany(503, SHUTTING_DOWN, id);
}

/** The refusal of whatever comes when the server has ended; the connection is of no more use. */
export function closed(id?: RequestId): Refusal {
  const { message, status, headers } = shuttingDown();
  return new Refusal(status, message, {
    ...(id !== undefined && { id }),
    code: JsonRpcErrorCode.InternalError,
    headers: { ...headers, Connection: 'close' },
  });
}

/** The refusal of a message of 2026-07-28, with its id where it has one. */
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
