// Whatever is exported here is public API: named exports only, pinned by a test.
export { McpModule } from './mcp.module.js';
export { McpTool, McpToolType } from './features/tools/tool.decorator.js';
export { McpMeta } from './primitives/decorators/meta.decorator.js';
export { McpRegistry } from './features/tools/run-time/mcp.registry.js';
export type { RegisteredTool } from './features/tools/run-time/mcp.registry.js';
export type { ToolEdits } from './features/tools/run-time/tool-edit.js';
export type { ToolBuilder, ToolHandler } from './features/tools/run-time/tool-builder.js';
export type { ArgumentsOf, NoArguments } from './primitives/run-time/arguments-of.js';
export { audio, embedded, image, resourceLink, text } from './serialization/content.js';
export type { ResourceLinkOptions } from './serialization/content.js';
export type { CallToolResult, ContentBlock } from './protocol/sdk.js';
export { Param } from './schema/decorators/param.decorator.js';
export { Description } from './schema/decorators/description.decorator.js';
export { McpHeader } from './schema/decorators/header.decorator.js';
export { Ctx, Progress, Signal } from './execution/context/context.decorators.js';
export type { ReportProgress } from './execution/context/context.decorators.js';
export { McpExecutionContext } from './execution/context/mcp-execution-context.js';
export { McpVisibility } from './execution/visibility/visibility.decorator.js';
export { McpCallStatistics } from './execution/limits/call-statistics.js';
export { McpException } from './protocol/mcp.exception.js';
export { McpProtocolException } from './protocol/mcp-protocol.exception.js';
export { requireCapabilities } from './protocol/stateless/client-capabilities.js';
export { JsonRpcErrorCode } from './protocol/json-rpc-error-code.js';
export { McpContext } from './execution/context/mcp-context.js';
export type { McpPhase } from './execution/context/mcp-context.js';
export { runStdio } from './application/run-stdio.js';
export type { StdioOptions } from './application/stdio-options.interface.js';
export type { McpLog, McpLogOptions } from './execution/notifications/mcp-log.js';
export { McpLoggerService } from './features/logging/mcp-logger.service.js';
export { McpEndpoints } from './application/mcp-endpoints.js';
export { McpEditException } from './messages/mcp-edit.exception.js';
export { getMcpToken } from './interfaces/get-mcp-token.js';
export { InjectMcp } from './interfaces/inject-mcp.decorator.js';
export { McpBootException } from './messages/mcp-boot.exception.js';
export { derivedName as deriveToolName } from './primitives/entry/derived-name.js';
export { toolReference } from './features/tools/tool-reference.js';
export type { ToolReference } from './features/tools/tool-reference.js';
export type {
  McpToolOptions,
  McpToolTypeOptions,
  RunTimeToolOptions,
} from './features/tools/definition/tool-options.interface.js';
export type {
  EnumLike,
  ParamOptions,
  ParamPipe,
  ParamType,
  ValidationRule,
} from './schema/decorators/param-options.interface.js';
export type {
  SchemaLike,
  SchemaWithJsonSchema,
  StandardIssue,
  StandardJsonSchema,
  StandardResult,
  StandardSchema,
} from './schema/standard/schema-like.interface.js';
export type { JsonObject, JsonSchema } from './interfaces/json.js';
export type { McpIcon } from './interfaces/mcp-icon.interface.js';
export type { Duration } from './interfaces/duration.js';
export type { McpCacheOptions, McpCacheScope } from './interfaces/mcp-cache-options.interface.js';
export type { ServerNames } from './interfaces/server-name.js';
export type {
  McpFeatureOptions,
  McpLimits,
  McpModuleOptions,
  McpOptionsFactory,
  McpServerOptions,
  TransportDecorator,
  SseTransportOptions,
  StreamableHttpTransportOptions,
} from './interfaces/options/mcp-module-options.interface.js';
export type { McpPrimitive } from './interfaces/mcp-primitive.interface.js';
export type { McpPeer } from './interfaces/mcp-call.interface.js';
export type { HttpRequest } from './interfaces/http-exchange.interface.js';
export { BackplaneUnavailableError } from './backplane/backplane-unavailable.error.js';
export { EventsExpiredError } from './backplane/events-expired.error.js';
export { InMemoryBackplane } from './backplane/in-memory/in-memory-backplane.js';
export { InMemoryBackplaneHub } from './backplane/in-memory/in-memory-backplane-hub.js';
export type { InMemoryEventLogOptions } from './backplane/in-memory/in-memory-event-log.js';
export type {
  Backplane,
  BackplaneHandlers,
  BackplaneHealth,
  GapReason,
  NodeId,
} from './interfaces/backplane/backplane.interface.js';
export type { EventId } from './interfaces/backplane/event-log.interface.js';
export type {
  AppendOptions,
  EventLog,
  LoggedEvent,
  StreamKey,
} from './interfaces/backplane/event-log.interface.js';
export type {
  BusCancel,
  BusClose,
  BusEvent,
  BusListChanged,
  Envelope,
} from './interfaces/backplane/envelope.interface.js';
export type {
  FoundSession,
  SessionDirectory,
  SessionRecord,
} from './interfaces/backplane/session-directory.interface.js';
export type { RequestId } from './interfaces/mcp-call.interface.js';
export type { PrincipalReader } from './interfaces/principal-reader.interface.js';
export type { LogLevel } from './interfaces/log-level.js';
