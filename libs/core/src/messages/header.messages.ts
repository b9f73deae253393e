/** What can be wrong with an argument that is to be repeated as a header. The code is one of the boot report. */
export const INVALID_PARAM_HEADER = (where: string, problem: string): string =>
  `MCP028 ${where}: ${problem}. A tool with such a header is dropped by its clients: mend the { header } of its @Param(), the @McpHeader(), or the x-mcp-header of its input.`;

export const HEADER_NOT_A_TOKEN = (place: string): string =>
  `the header of ${place} is no name that a header can have: write letters, digits and hyphens`;

export const HEADER_TAKEN = (place: string, header: string, first: string): string =>
  `the header "${header}" of ${place} is that of ${first} too, since case does not count`;

export const HEADER_OF_NO_PRIMITIVE = (place: string, header: string): string =>
  `${place} has the header "${header}", and is not of one of the types string, integer and boolean, without null. A whole number is { type: 'integer' } or IsInt()`;

export const HEADER_OUT_OF_REACH = (place: string): string =>
  `a header is put within ${place}, on what is no argument of its own: a property of a nested class, an item of a list, or one of several alternatives`;
