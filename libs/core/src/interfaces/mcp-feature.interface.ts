import type { Type } from '@nestjs/common';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { McpCacheHint } from './mcp-cache-options.interface.js';
import type { JsonObject } from './json.js';
import type { McpCall } from './mcp-call.interface.js';
import type { McpSession } from './mcp-session.interface.js';
import type { PrimitiveKind } from './primitive-kind.interface.js';

/**
 * Answers one method; `session` is undefined where the revision or the options have none. Anything thrown but a
 * `McpProtocolException` is masked.
 */
export type McpRequestHandler = (call: McpCall, session?: McpSession) => unknown;

/**
 * Acts on a notification of a client; `session` is undefined where the revision or the options have none. No guard
 * of a method is asked, and nothing is sent back, whatever it throws.
 */
export type McpNotificationHandler = (params: JsonObject, session?: McpSession) => unknown;

/** A method of a provider that carries a feature's decorator. */
export interface DiscoveredMethod {
  /** What the method becomes. */
  readonly kind: PrimitiveKind;
  /** The provider; only its prototype where it is not static. */
  readonly host: object;
  readonly hostClass: Type;
  readonly methodName: string;
  readonly callee: (...args: unknown[]) => unknown;
  /** What Nest knows of the provider. */
  readonly provider: InstanceWrapper;
  /** True when one instance, with enhancers that are static too, serves every call. */
  readonly isStatic: boolean;
  /** Name of the module that provides the host. */
  readonly moduleName: string;
}

/**
 * One vertical slice of the protocol, such as tools: what the explorer looks for, and what the dispatchers answer.
 * The explorer, the dispatchers and the capabilities know features by this interface alone.
 */
export interface McpFeature {
  /** What the feature makes of decorated methods. */
  readonly kind: PrimitiveKind;
  /**
   * Adds one decorated method.
   * @returns what is wrong with it, for the boot report.
   */
  add(method: DiscoveredMethod): readonly string[];
  /** How many primitives there are, for the log: `3 tools`. */
  summary(): string;
  /** Capabilities to declare (`{ tools: {} }`); empty if the feature has no entries. */
  capabilities(): JsonObject;
  /** Whether a request would call a decorated method, and therefore the guards of that method. */
  reaches(call: McpCall): boolean | Promise<boolean>;
  /**
   * How long, and for whom, clients may keep the result of a method (2026-07-28 caching); undefined for
   * methods whose results may not be kept.
   */
  cacheHint?(method: string): McpCacheHint | undefined;
  /** JSON-RPC requests that this feature answers, by method. */
  readonly requests: Readonly<Record<string, McpRequestHandler>>;
  /** Notifications that this feature acts on, as others may, too. Default: none. */
  readonly notifications?: Readonly<Record<string, McpNotificationHandler>>;
}
