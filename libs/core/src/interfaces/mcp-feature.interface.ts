import type { Type } from '@nestjs/common';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { McpCacheHint } from './mcp-cache-options.interface.js';
import type { JsonObject } from './json.js';
import type { McpCall } from './mcp-call.interface.js';
import type { McpSession } from './mcp-session.interface.js';
import type { PrimitiveKind } from './primitive-kind.interface.js';

/**
 * Answers one method. `session` is undefined if the revision or the options have no sessions. The client sees the
 * text of a `McpProtocolException`, but of no other error.
 */
export type McpRequestHandler = (call: McpCall, session?: McpSession) => unknown;

/**
 * Acts on a client's notification. `session` is undefined if the revision or the options have no sessions. No guard
 * of a method runs, and nothing is sent back, even if the handler throws.
 */
export type McpNotificationHandler = (params: JsonObject, session?: McpSession) => unknown;

/** A method of a provider that has a feature's decorator. */
export interface DiscoveredMethod {
  /** The kind of primitive that the method becomes. */
  readonly kind: PrimitiveKind;
  /** The provider. Only its prototype, if the provider is not static. */
  readonly host: object;
  readonly hostClass: Type;
  readonly methodName: string;
  readonly callee: (...args: unknown[]) => unknown;
  /** What Nest knows of the provider. */
  readonly provider: InstanceWrapper;
  /** True if one instance, with enhancers that are static, too, serves every call. */
  readonly isStatic: boolean;
  /** Name of the module that provides the host. */
  readonly moduleName: string;
}

/**
 * The part of the server that serves one kind of primitive, such as tools: what the explorer looks for, and what the
 * dispatchers answer. The explorer, the dispatchers and the capabilities use features only through this interface.
 */
export interface McpFeature {
  /** The kind of primitive that decorated methods become. */
  readonly kind: PrimitiveKind;
  /**
   * Adds one decorated method.
   * @returns the problems of the method, for the boot report.
   */
  add(method: DiscoveredMethod): readonly string[];
  /** How many primitives there are, for the log: `3 tools`. */
  summary(): string;
  /** Capabilities to declare (`{ tools: {} }`). Empty if the feature has no entries. */
  capabilities(): JsonObject;
  /** Whether a request calls a decorated method. The guards of that method then run with the call. */
  reaches(call: McpCall): boolean | Promise<boolean>;
  /**
   * How long, and for whom, clients may cache the result of a method (2026-07-28 caching). Undefined for methods
   * whose results may not be cached.
   */
  cacheHint?(method: string): McpCacheHint | undefined;
  /** JSON-RPC requests that this feature answers, by method. */
  readonly requests: Readonly<Record<string, McpRequestHandler>>;
  /** Notifications that this feature acts on, by method. Other features may act on the same ones. Default: none. */
  readonly notifications?: Readonly<Record<string, McpNotificationHandler>>;
}
