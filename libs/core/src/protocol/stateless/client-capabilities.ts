import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import type { McpPeer } from '../../interfaces/mcp-call.interface.js';
import { MISSING_CAPABILITY } from '../../messages/stateless.messages.js';
import { JsonRpcErrorCode } from '../json-rpc-error-code.js';
import { McpProtocolException } from '../mcp-protocol.exception.js';
import { STATELESS_REVISION } from '../revisions.js';

/**
 * Makes sure that a client declared what a request needs of it, `{ sampling: { tools: {} } }` for instance:
 * `requireCapabilities(ctx.peer, …)`. Nothing may be asked of a client that did not
 * (2026-07-28 base protocol, Per-request protocol fields).
 * @throws McpProtocolException with what is missing in `data.requiredCapabilities`: -32021, which is an HTTP
 * 400; to clients of older revisions, which have no code for it, -32600.
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

/** What of the required capabilities is not declared; undefined when everything is. */
export function missingCapabilities(
  declared: JsonObject,
  required: JsonObject,
): JsonObject | undefined {
  const { elicitation } = declared;
  // `{}` is how form mode was declared before there was another (client elicitation, Capabilities).
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
