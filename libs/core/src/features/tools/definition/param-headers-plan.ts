import type { DiscoveredMethod } from '../../../interfaces/mcp-feature.interface.js';
import type { JsonObject, JsonSchema } from '../../../interfaces/json.js';
import type { McpCall } from '../../../interfaces/mcp-call.interface.js';
import { INVALID_PARAM_HEADER } from '../../../messages/header.messages.js';
import { McpProtocolException } from '../../../protocol/mcp-protocol.exception.js';
import { headerMismatch } from '../../../protocol/stateless/param-header-mismatch.js';
import {
  type ParamHeader,
  paramHeaders,
  type ParamHeaders,
} from '../../../protocol/stateless/param-headers.js';
import { STATELESS_REVISION } from '../../../protocol/revisions.js';

/** The arguments of a tool that clients repeat as headers; its problems in words for the boot report. */
export function planParamHeaders(
  { hostClass, methodName }: Pick<DiscoveredMethod, 'hostClass' | 'methodName'>,
  inputSchema: JsonSchema,
): ParamHeaders {
  const { headers, problems } = paramHeaders(inputSchema);
  return {
    headers,
    problems: problems.map((problem) =>
      INVALID_PARAM_HEADER(`${hostClass.name}.${methodName}()`, problem),
    ),
  };
}

/** @throws McpProtocolException -32020 when {@link paramHeaderMismatch} finds a header. */
export function checkParamHeaders(
  expected: readonly ParamHeader[],
  args: JsonObject,
  call: McpCall,
): void {
  const mismatch = paramHeaderMismatch(expected, args, call);
  if (mismatch) throw new McpProtocolException(mismatch.code, mismatch.message);
}

/**
 * The first header that differs from its argument. Only requests over HTTP are checked, and only of the revision that
 * has such headers.
 */
export function paramHeaderMismatch(
  expected: readonly ParamHeader[],
  args: JsonObject,
  { http, peer }: McpCall,
): ReturnType<typeof headerMismatch> {
  if (http === undefined || peer.protocolVersion !== STATELESS_REVISION) return undefined;
  return headerMismatch(expected, args, http.request.headers);
}
