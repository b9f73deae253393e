import { printable } from './log.messages.js';

/** Names of arguments that one message lists. */
const MOST = 5;

export const TOOL_NAME_REFUSED = (
  where: string,
  name: string,
  refusals: readonly string[],
): string =>
  `MCP019 ${where}: some clients refuse the tool name "${printable(name)}": ${refusals.map(printable).join('; ')}. Set another one: @McpTool({ name: '…' }), or registry.tool('…').`;

export const ARGUMENT_NAMES_REFUSED = (where: string, names: readonly string[]): string => {
  const shown = names.slice(0, MOST).map((name) => `"${printable(name)}"`);
  const more = names.length > MOST ? ` and ${names.length - MOST} more` : '';
  return `MCP019 ${where}: Anthropic refuses the argument ${names.length > 1 ? 'names' : 'name'} ${shown.join(', ')}${more}, and with it every tool of the request: a name has 1 to 64 of the characters A-Z a-z 0-9 _ . and -. Set another one with @Param('…'), or @Expose({ name: '…' }) on the property.`;
};
