/** Problems of arguments that clients repeat as headers. The code is one of the boot report. */
export const INVALID_PARAM_HEADER = (where: string, problem: string): string =>
  `MCP028 ${where}: ${problem}. Clients drop a tool with such a header: fix the { header } of its @Param(), the @McpHeader(), or the x-mcp-header of its input.`;

export const HEADER_NOT_A_TOKEN = (argument: string): string =>
  `the header of ${argument} is not a valid header name: use letters, digits and hyphens`;

export const DUPLICATE_HEADER = (argument: string, header: string, first: string): string =>
  `the header "${header}" of ${argument} is also the header of ${first}: case does not matter`;

export const HEADER_OF_NO_PRIMITIVE = (argument: string, header: string): string =>
  `${argument} has the header "${header}", but its type is not string, integer or boolean (without null). For a whole number, use { type: 'integer' } or IsInt()`;

export const HEADER_NOT_OF_ARGUMENT = (argument: string): string =>
  `a header is set within ${argument}, on something that is not an argument of its own: a property of a nested class, an item of a list, or one of several alternatives`;
