/**
 * The one place that names the official SDK. Types only: at run time the SDK (and the zod it brings)
 * is not loaded, which keeps the start of an application short.
 */
export type {
  CallToolResult,
  ContentBlock,
  Implementation,
  InitializeResult,
  Tool,
  ToolAnnotations,
} from '@modelcontextprotocol/sdk/types.js';
