import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import type { McpPeer } from '../../interfaces/mcp-call.interface.js';
import { MISSING_CAPABILITY } from '../../messages/stateless.messages.js';
import { JsonRpcErrorCode } from '../json-rpc-error-code.js';
import { McpProtocolException } from '../mcp-protocol.exception.js';
import { STATELESS_REVISION } from '../revisions.js';

/**
 * Checks that a client declared the capabilities that a call needs, for example
 * `requireCapabilities(ctx.peer, { sampling: { tools: {} } })`. A server must not use others (2026-07-28 base protocol,
 * Per-request protocol fields).
 * @throws McpProtocolException when capabilities are missing; `data.requiredCapabilities` has them. The code is -32021
 * (HTTP 400); for clients of session revisions, which do not have that code, it is -32600
 */
export function requireCapabilities(
  { clientCapabilities, protocolVersion }: McpPeer,
  required: JsonObject,
): void {
  const missing = missingCapabilities(clientCapabilities, required);
  if (missing !== undefined)
    throw new McpProtocolException(
      protocolVersion === STATELESS_REVISION
        ? JsonRpcErrorCode.MissingRequiredClientCapability
        : JsonRpcErrorCode.InvalidRequest,
      MISSING_CAPABILITY(Object.keys(missing)),
      { requiredCapabilities: missing },
    );
}

/** Returns the required capabilities that are not declared; undefined if all are. */
export function missingCapabilities(
  declared: JsonObject,
  required: JsonObject,
): JsonObject | undefined {
  const { elicitation } = declared;
  // `{}` declares form mode: the first revisions had no other mode (client elicitation, Capabilities).
  const isForm =
    isJsonObject(elicitation) && Object.values(elicitation).every((mode) => mode === null);
  return notIn(isForm ? { ...declared, elicitation: { form: {} } } : declared, required);
}

function notIn(declared: JsonObject, required: JsonObject): JsonObject | undefined {
  const missing: Record<string, unknown> = {};
  for (const [name, wanted] of Object.entries(required)) {
    const given = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (isJsonObject(given) && isJsonObject(wanted)) {
      const within = notIn(given, wanted);
      if (within !== undefined) missing[name] = within;
    } else if (given !== wanted) missing[name] = wanted;
  }
  return Object.keys(missing).length === 0 ? undefined : missing;
}
