/** What can be wrong with an argument that clients repeat as a header. The code is one of the boot report. */
export const INVALID_PARAM_HEADER = (where: string, problem: string): string =>
  `MCP028 ${where}: ${problem}. Clients drop a tool with such a header: fix the { header } of its @Param(), the @McpHeader(), or the x-mcp-header of its input.`;

export const HEADER_NOT_A_TOKEN = (place: string): string =>
  `the header of ${place} is not a valid header name: use letters, digits and hyphens`;

export const HEADER_TAKEN = (place: string, header: string, first: string): string =>
  `the header "${header}" of ${place} is also the header of ${first}: case does not matter`;

export const HEADER_OF_NO_PRIMITIVE = (place: string, header: string): string =>
  `${place} has the header "${header}", but its type is not string, integer or boolean (without null). For a whole number, use { type: 'integer' } or IsInt()`;

export const HEADER_OUT_OF_REACH = (place: string): string =>
  `a header is set within ${place}, on something that is not an argument of its own: a property of a nested class, an item of a list, or one of several alternatives`;
