// Whatever is exported here is public API: named exports only, pinned by a test.
export { McpModule } from './mcp.module.js';
export { McpTool, McpToolType } from './features/tools/tool.decorators.js';
export { audio, embedded, image, resourceLink, text } from './features/tools/content.js';
export type { ResourceLinkOptions } from './features/tools/content.js';
export type { CallToolResult, ContentBlock } from './protocol/sdk.js';
export { Param } from './schema/param.decorator.js';
export { Description } from './schema/description.decorator.js';
export { McpHeader } from './schema/header.decorator.js';
export { Ctx, Progress, Signal } from './execution/context.decorators.js';
export type { ReportProgress } from './execution/context.decorators.js';
export { McpExecutionContext } from './execution/mcp-execution-context.js';
export { McpCallStatistics } from './execution/call-statistics.js';
export { McpException } from './protocol/mcp.exception.js';
export { McpProtocolException } from './protocol/mcp-protocol.exception.js';
export { requireCapabilities } from './protocol/modern/client-capabilities.js';
export { JsonRpcErrorCode } from './protocol/json-rpc-error-code.js';
export { McpContext } from './execution/mcp-context.js';
export { McpEndpoints } from './transports/mcp-endpoints.js';
export { McpBootException } from './messages/mcp-boot.exception.js';
export { deriveToolName } from './features/tools/derive-tool-name.js';
export type {
  McpToolOptions,
  McpToolTypeOptions,
} from './features/tools/tool-options.interface.js';
export type {
  EnumLike,
  ParamOptions,
  ParamPipe,
  ParamType,
  ValidationRule,
} from './schema/param-options.interface.js';
export type {
  SchemaLike,
  SchemaWithJsonSchema,
  StandardIssue,
  StandardJsonSchema,
  StandardResult,
  StandardSchema,
} from './schema/sources/schema-like.interface.js';
export type { JsonSchema } from './interfaces/json.js';
export type { Duration } from './interfaces/duration.js';
export type { McpCacheOptions, McpCacheScope } from './interfaces/mcp-cache-options.interface.js';
export type {
  McpLimits,
  McpModuleOptions,
  McpOptionsFactory,
  TransportDecorator,
  SseTransportOptions,
} from './interfaces/mcp-module-options.interface.js';
export type { McpPeer } from './interfaces/mcp-call.interface.js';
export type { HttpRequest } from './interfaces/http-exchange.interface.js';
