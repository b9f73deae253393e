import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { McpPeer } from '../interfaces/mcp-call.interface.js';
import { withoutNulls } from './present-params.js';

/** Bytes, as JSON, of what a client says of itself: a session keeps it for as long as it lives, on every node. */
const LONGEST_CLAIM = 16_384;

/** Whether a client says more of itself than is kept. */
export function isLongClaim(claim: unknown): boolean {
  if (claim === undefined) return false;
  return Buffer.byteLength(JSON.stringify(claim)) > LONGEST_CLAIM;
}

/** For display and logs only, and so no reason to refuse anything. */
export function clientInfoOf(info: unknown): McpPeer['clientInfo'] {
  if (!isJsonObject(info)) return undefined;
  const { name, version } = info;
  return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
}

/** A capability that is null is not declared. */
export function capabilitiesOf(capabilities: unknown): JsonObject {
  return isJsonObject(capabilities) ? withoutNulls(capabilities) : {};
}
