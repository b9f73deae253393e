/**
 * The only file that imports from the official SDK. It imports types only, so that an application does not load the
 * SDK and its zod at run time, which would slow its start.
 */
export type {
  CallToolResult,
  ContentBlock,
  Implementation,
  InitializeResult,
  Tool,
  ToolAnnotations,
} from '@modelcontextprotocol/sdk/types.js';
