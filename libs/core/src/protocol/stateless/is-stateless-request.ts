import type { IncomingHttpHeaders } from 'node:http';
import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import type { JsonRpcMessage } from '../json-rpc.js';
import { isSessionRevision } from '../revisions.js';
import { headerOf } from './header-value.js';
import { META_PROTOCOL_VERSION } from './meta-keys.js';
import { PROTOCOL_VERSION_HEADER } from './standard-headers.js';

/**
 * Whether a posted message belongs to the stateless revision (2026-07-28 versioning, Backward Compatibility).
 *
 * A message with a revision in its `_meta` does, for any revision and any header, because only the stateless revision
 * has a response to an unsupported revision. An `initialize` without one does not. For other messages, the header
 * decides: if it names a revision that is not a session revision, the client is newer and understands the errors of the
 * stateless revision.
 */
export function isStatelessRequest(
  message: JsonRpcMessage,
  headers: IncomingHttpHeaders = {},
): boolean {
  if (message.kind !== 'response') {
    if (Object.hasOwn(requestMetaOf(message.params), META_PROTOCOL_VERSION)) return true;
    if (message.method === 'initialize') return false;
  }
  const version = headerOf(headers, PROTOCOL_VERSION_HEADER);
  return version !== undefined && !isSessionRevision(version);
}

/** The `_meta` of parameters; empty if there is none. */
export function requestMetaOf(params: unknown): JsonObject {
  const { _meta: meta }: JsonObject = isJsonObject(params) ? params : {};
  return isJsonObject(meta) ? meta : {};
}
