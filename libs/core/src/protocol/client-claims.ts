import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { McpPeer } from '../interfaces/mcp-call.interface.js';
import { withoutNulls } from './present-params.js';

/** The limit of a client's info or capabilities, in bytes of JSON. A session keeps them while it lives, on every node. */
const LONGEST_CLAIM = 16_384;

/** Whether a client's info or capabilities exceed 16 KiB as JSON. */
export function isLongClaim(claim: unknown): boolean {
  if (claim === undefined) return false;
  return Buffer.byteLength(JSON.stringify(claim)) > LONGEST_CLAIM;
}

/** Name and version of a client; undefined if they are malformed. They are for display and logs only, so no error is thrown. */
export function clientInfoOf(info: unknown): McpPeer['clientInfo'] {
  if (!isJsonObject(info)) return undefined;
  const { name, version } = info;
  return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
}

/** The declared capabilities of a client. One that is null counts as not declared. */
export function capabilitiesOf(capabilities: unknown): JsonObject {
  return isJsonObject(capabilities) ? withoutNulls(capabilities) : {};
}
