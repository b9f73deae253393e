import type { JsonObject } from '../../interfaces/json.js';
import { echoed } from '../../messages/echoed.js';
import { UNSUPPORTED_VERSION } from '../../messages/stateless.messages.js';
import { JsonRpcErrorCode } from '../json-rpc-error-code.js';

/** Why a request of 2026-07-28 is not taken: an HTTP status, and a JSON-RPC error with the request's id. */
export interface StatelessRefusal {
  readonly kind: 'refusal';
  readonly status: number;
  readonly code: JsonRpcErrorCode;
  readonly message: string;
  readonly data?: JsonObject;
}

const BAD_REQUEST = 400;
const NOT_FOUND = 404;

/** The envelope is not whole: -32602, and unlike that of a method, with 400 (base protocol, Per-request protocol fields). */
export function invalidRequestMeta(message: string): StatelessRefusal {
  return {
    kind: 'refusal',
    status: BAD_REQUEST,
    code: JsonRpcErrorCode.InvalidParams,
    message,
  };
}

/** A header and the body disagree, or a header is missing or malformed (Streamable HTTP, Server Validation). */
export function headerRefusal(message: string): StatelessRefusal {
  return {
    kind: 'refusal',
    status: BAD_REQUEST,
    code: JsonRpcErrorCode.HeaderMismatch,
    message,
  };
}

/** A revision that is not served (versioning, Protocol Version Negotiation). */
export function unsupportedVersion(
  requested: unknown,
  supported: readonly string[],
): StatelessRefusal {
  return {
    kind: 'refusal',
    status: BAD_REQUEST,
    code: JsonRpcErrorCode.UnsupportedProtocolVersion,
    message: UNSUPPORTED_VERSION,
    data: { supported, requested: echoed(requested) },
  };
}

const STATUSES: ReadonlyMap<number, number> = new Map([
  [JsonRpcErrorCode.MethodNotFound, NOT_FOUND],
  [JsonRpcErrorCode.HeaderMismatch, BAD_REQUEST],
  [JsonRpcErrorCode.MissingRequiredClientCapability, BAD_REQUEST],
  [JsonRpcErrorCode.UnsupportedProtocolVersion, BAD_REQUEST],
]);

/**
 * The HTTP status of a JSON-RPC error that answers a request of 2026-07-28, as long as no other status has
 * been sent: 404 for an unknown method, 400 for the revision's own codes, 200 for all others.
 */
export function statusOfError(code: number): number {
  return STATUSES.get(code) ?? 200;
}
