import type { IncomingHttpHeaders } from 'node:http';
import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import type { JsonRpcMessage } from '../json-rpc.js';
import { isSessionRevision } from '../revisions.js';
import { headerOf } from './header-value.js';
import { META_PROTOCOL_VERSION } from './meta-keys.js';
import { PROTOCOL_VERSION_HEADER } from './standard-headers.js';

/**
 * Tells whether a posted message belongs to the leg without sessions (2026-07-28 versioning, Backward
 * Compatibility). The body decides: a message whose `_meta` claims a revision does, whichever one it is and
 * whatever the header says, since only this leg knows what to answer to a revision that is not served.
 * Without that claim, `initialize` never does; of other messages the header decides: one that names no
 * revision with sessions is of a newer client, to which what is missing can be said in words that it knows.
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

/** The `_meta` of parameters; empty where there is none. */
export function requestMetaOf(params: unknown): JsonObject {
  const { _meta: meta }: JsonObject = isJsonObject(params) ? params : {};
  return isJsonObject(meta) ? meta : {};
}
