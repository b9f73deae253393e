import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import type { JsonSchema } from '../../interfaces/json.js';
import { INVALID_PARAM_HEADER } from '../../messages/header.messages.js';
import { paramHeaders, type ParamHeaders } from '../../protocol/modern/param-headers.js';

/** The arguments of a tool that clients repeat as headers; its problems in words for the boot report. */
export function planParamHeaders(
  { hostClass, methodName }: Pick<DiscoveredMethod, 'hostClass' | 'methodName'>,
  inputSchema: JsonSchema,
): ParamHeaders {
  const { headers, problems } = paramHeaders(inputSchema);
  return {
    headers,
    problems: problems.map((problem) => INVALID_PARAM_HEADER(hostClass.name, methodName, problem)),
  };
}
