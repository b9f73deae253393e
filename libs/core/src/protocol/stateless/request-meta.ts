import type { IncomingHttpHeaders } from 'node:http';
import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import type { McpPeer, RequestId } from '../../interfaces/mcp-call.interface.js';
import { CLAIM_TOO_LARGE } from '../../messages/call.messages.js';
import {
  HEADER_DIFFERS,
  MISSING_META,
  UNKNOWN_LOG_LEVEL,
} from '../../messages/stateless.messages.js';
import { capabilitiesOf, clientInfoOf, isLongClaim } from '../client-claims.js';
import { isRequestId, type JsonRpcRequest } from '../json-rpc.js';
import { isLogLevel, type LogLevel } from '../../interfaces/log-level.js';
import { STATELESS_REVISION, SUPPORTED_REVISIONS } from '../revisions.js';
import { decodedHeader, headerOf } from './header-value.js';
import { requestMetaOf } from './is-stateless-request.js';
import {
  META_CLIENT_CAPABILITIES,
  META_CLIENT_INFO,
  META_LOG_LEVEL,
  META_PROTOCOL_VERSION,
} from './meta-keys.js';
import {
  headerRefusal,
  invalidRequestMeta,
  type StatelessRefusal,
  unsupportedVersion,
} from './stateless-refusal.js';
import { PROTOCOL_VERSION_HEADER, standardHeaderMismatch } from './standard-headers.js';

/** The `_meta` of a request of 2026-07-28. Each request has its own; nothing is remembered from earlier ones. */
export interface RequestMeta {
  readonly kind: 'envelope';
  readonly peer: McpPeer;
  /** The lowest level of log messages; undefined if none may be sent for the request. */
  readonly logLevel: LogLevel | undefined;
  /** Undefined if no progress may be sent for the request. */
  readonly progressToken: RequestId | undefined;
}

/**
 * Reads the `_meta` of a stateless request, and compares the headers with the body (2026-07-28 base protocol,
 * Per-request protocol fields; Streamable HTTP, Request Metadata). Returns a refusal for the first of these errors: the
 * revision is missing (-32602); header and body have different revisions (-32020); the revision is not supported
 * (-32022); capabilities are missing, capabilities or client info are too large, or the log level is unknown (-32602);
 * a header is missing or differs (-32020).
 *
 * `headers` is undefined if the transport has none (2026-07-28 stdio, Request Metadata). `supported` has the revisions
 * that the refusal of a revision lists.
 */
export function readRequestMeta(
  { method, params }: Pick<JsonRpcRequest, 'method' | 'params'>,
  headers: IncomingHttpHeaders | undefined,
  supported: readonly string[] = SUPPORTED_REVISIONS,
): RequestMeta | StatelessRefusal {
  const meta = requestMetaOf(params);
  const protocolVersion = meta[META_PROTOCOL_VERSION];
  if (typeof protocolVersion !== 'string') return versionMissing(headers, supported);
  return (
    versionRefusal(protocolVersion, headers, supported) ??
    fieldRefusal(meta) ??
    (headers && standardHeaderMismatch(method, params as JsonObject, protocolVersion, headers)) ??
    envelopeOf(meta, protocolVersion)
  );
}

/** If the header has an unsupported revision, that is the better error than the missing member of the body. */
function versionMissing(
  headers: IncomingHttpHeaders = {},
  supported: readonly string[],
): StatelessRefusal {
  const header = headerOf(headers, PROTOCOL_VERSION_HEADER);
  const isForeign =
    header !== undefined && !supported.includes(header) && decodedHeader(header) !== undefined;
  return isForeign
    ? unsupportedVersion(header, supported)
    : invalidRequestMeta(MISSING_META(META_PROTOCOL_VERSION));
}

/** A session revision begins with `initialize`, so a stateless request cannot have one. */
function versionRefusal(
  version: string,
  headers: IncomingHttpHeaders = {},
  supported: readonly string[],
): StatelessRefusal | undefined {
  const header = headerOf(headers, PROTOCOL_VERSION_HEADER);
  if (header !== undefined && header !== version)
    return headerRefusal(HEADER_DIFFERS(PROTOCOL_VERSION_HEADER));
  return version === STATELESS_REVISION ? undefined : unsupportedVersion(version, supported);
}

function fieldRefusal(meta: JsonObject): StatelessRefusal | undefined {
  if (!isJsonObject(meta[META_CLIENT_CAPABILITIES]))
    return invalidRequestMeta(MISSING_META(META_CLIENT_CAPABILITIES));
  for (const claim of [META_CLIENT_CAPABILITIES, META_CLIENT_INFO])
    if (isLongClaim(meta[claim])) return invalidRequestMeta(CLAIM_TOO_LARGE(claim));
  const logLevel = meta[META_LOG_LEVEL];
  return logLevel === undefined || isLogLevel(logLevel)
    ? undefined
    : invalidRequestMeta(UNKNOWN_LOG_LEVEL);
}

function envelopeOf(meta: JsonObject, protocolVersion: string): RequestMeta {
  const logLevel = meta[META_LOG_LEVEL];
  const { progressToken } = meta;
  return {
    kind: 'envelope',
    peer: {
      protocolVersion,
      clientInfo: clientInfoOf(meta[META_CLIENT_INFO]),
      clientCapabilities: capabilitiesOf(meta[META_CLIENT_CAPABILITIES]),
    },
    logLevel: isLogLevel(logLevel) ? logLevel : undefined,
    progressToken: isRequestId(progressToken) ? progressToken : undefined,
  };
}
