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

/** What a request of 2026-07-28 says of itself in `_meta`; nothing is known from any request before. */
export interface RequestMeta {
  readonly kind: 'envelope';
  readonly peer: McpPeer;
  /** Undefined where no log message may be sent for the request. */
  readonly logLevel: LogLevel | undefined;
  /** Undefined where no progress may be told. */
  readonly progressToken: RequestId | undefined;
}

/**
 * Reads the envelope of a request that {@link isModernRequest}, and holds the headers against the body
 * (2026-07-28 base protocol, Per-request protocol fields; Streamable HTTP, Request Metadata). Of several
 * faults the first of these is told: the revision is missing (-32602); header and body name two revisions
 * (-32020); the revision is not served (-32022); capabilities are missing, or the log level is unknown
 * (-32602); a header is missing or differs (-32020). `headers` is undefined where the transport has none
 * (2026-07-28 stdio, Request Metadata). `supported` is what the refusal of a revision lists.
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

/** A header with a revision that is not served says more of what went wrong than the lack in the body. */
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

/** Revisions with sessions are opened with `initialize`; a single request cannot be of one. */
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
