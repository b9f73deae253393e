import { printable } from './log.messages.js';

/** Names that the protocol allows, and large clients do not. A warning, or an error with `strictNames`. */
const MOST = 5;

export const TOOL_NAME_REFUSED = (
  where: string,
  name: string,
  refusals: readonly string[],
): string =>
  `MCP019 ${where}: some clients refuse the tool name "${printable(name)}": ${refusals.map(printable).join('; ')}. Give it another one: @McpTool({ name: '…' }), or registry.tool('…').`;

export const ARGUMENT_NAMES_REFUSED = (where: string, names: readonly string[]): string => {
  const shown = names.slice(0, MOST).map((name) => `"${printable(name)}"`);
  const more = names.length > MOST ? ` and ${names.length - MOST} more` : '';
  return `MCP019 ${where}: Anthropic refuses the argument ${names.length > 1 ? 'names' : 'name'} ${shown.join(', ')}${more}, and with it every tool of the request: 1 to 64 of A-Z a-z 0-9 _ . and - are taken. Set another one with @Param('…'), or @Expose({ name: '…' }) on the property.`;
};
