import type { JsonObject } from '../../interfaces/json.js';
import { echoed } from '../../messages/echoed.js';
import { UNSUPPORTED_VERSION } from '../../messages/stateless.messages.js';
import { JsonRpcErrorCode } from '../json-rpc-error-code.js';

/** The refusal of a request of 2026-07-28: an HTTP status, and a JSON-RPC error with the id of the request. */
export interface StatelessRefusal {
  readonly kind: 'refusal';
  readonly status: number;
  readonly code: JsonRpcErrorCode;
  readonly message: string;
  readonly data?: JsonObject;
}

const BAD_REQUEST = 400;
const NOT_FOUND = 404;

/** The `_meta` is invalid: -32602 with HTTP 400, unlike the -32602 of a method (base protocol, Per-request protocol fields). */
export function invalidRequestMeta(message: string): StatelessRefusal {
  return {
    kind: 'refusal',
    status: BAD_REQUEST,
    code: JsonRpcErrorCode.InvalidParams,
    message,
  };
}

/** A header differs from the body, is missing or is malformed: -32020 (Streamable HTTP, Server Validation). */
export function headerRefusal(message: string): StatelessRefusal {
  return {
    kind: 'refusal',
    status: BAD_REQUEST,
    code: JsonRpcErrorCode.HeaderMismatch,
    message,
  };
}

/** The revision is not supported: -32022 (versioning, Protocol Version Negotiation). */
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
 * The HTTP status of a JSON-RPC error for a request of 2026-07-28: 404 for an unknown method, 400 for the codes of the
 * revision, 200 for all others. It applies only if the status has not been sent yet.
 */
export function statusOfError(code: number): number {
  return STATUSES.get(code) ?? 200;
}
