import type { JsonObject } from '../interfaces/json.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { CLAIM_TOO_LARGE, MISSING_PROTOCOL_VERSION } from '../messages/call.messages.js';
import { isLongClaim } from '../protocol/client-claims.js';
import { codecOf } from '../protocol/codecs/codec-of.js';
import { JsonRpcErrorCode } from '../protocol/json-rpc-error-code.js';
import { McpProtocolException } from '../protocol/mcp-protocol.exception.js';
import { negotiateRevision, type SessionRevision } from '../protocol/revisions.js';
import type { InitializeResult } from '../protocol/sdk.js';

/**
 * The revision to answer an `initialize` with.
 * @throws McpProtocolException -32602 when the request names no revision, or when its description of the client is
 * too large.
 */
export function revisionFor({
  protocolVersion,
  clientInfo,
  capabilities,
}: JsonObject): SessionRevision {
  if (typeof protocolVersion !== 'string')
    throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, MISSING_PROTOCOL_VERSION);
  for (const [name, claim] of Object.entries({ clientInfo, capabilities }))
    if (isLongClaim(claim))
      throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, CLAIM_TOO_LARGE(name));
  return negotiateRevision(protocolVersion);
}

export function initializeResult(
  { server, instructions }: McpSettings,
  protocolVersion: SessionRevision,
  capabilities: JsonObject,
): InitializeResult {
  return {
    protocolVersion,
    capabilities,
    serverInfo: codecOf(protocolVersion).server(server) as InitializeResult['serverInfo'],
    ...(instructions !== undefined && { instructions }),
  };
}
