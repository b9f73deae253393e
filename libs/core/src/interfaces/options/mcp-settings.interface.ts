import type { CanActivate, Type } from '@nestjs/common';
import type { TransportDecorator } from './mcp-module-options.interface.js';
import type { PrincipalReader } from '../principal-reader.interface.js';
import type { McpCacheHint } from '../mcp-cache-options.interface.js';
import type { McpIcon } from '../mcp-icon.interface.js';

/** The module's options, with every default filled in and every duration in milliseconds. */
export interface McpSettings {
  readonly server: {
    readonly name: string;
    readonly version: string;
    readonly title?: string;
    readonly websiteUrl?: string;
    readonly icons?: readonly McpIcon[];
  };
  readonly instructions: string | undefined;
  readonly sse: SseSettings;
  readonly streamableHttp: StreamableHttpSettings;
  /** Undefined for the default, which reads `request.user`. */
  readonly principal: PrincipalReader | undefined;
  /** Undefined if the server is not restricted to some modules. */
  readonly include: readonly Type[] | undefined;
  readonly exclude: readonly Type[];
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly guards: readonly (Type<CanActivate> | CanActivate)[];
  readonly decorators: readonly TransportDecorator[];
  readonly once: readonly Type<CanActivate>[];
  readonly visibility: readonly Type<CanActivate>[];
  /** Undefined if all are in one page. */
  readonly pageSize: number | undefined;
  /** Whether schemas say that `@IsOptional()` accepts null. */
  readonly publishOptionalNull: boolean;
  /** Whether names that large clients refuse are errors. */
  readonly strictNames: boolean;
  /** Whether the routes are in the application's OpenAPI document. */
  readonly isInOpenApi: boolean;
  /** Whether a browser that opens an endpoint gets a page that says what it is. */
  readonly helpPage: boolean;
  readonly limits: McpLimitSettings;
  /** The hint for results that have no hint of their own. */
  readonly cache: McpCacheHint;
  readonly drainMs: number;
  readonly timeoutMs: number;
  readonly maxTimeoutMs: number;
}

export interface SseSettings {
  /** False if the transport is turned off. */
  readonly isOn: boolean;
  readonly path: string;
  readonly messagesPath: string;
  readonly endpoint: SseEndpointForm;
  readonly keepAliveMs: number;
}

/** How a stream names the URL for messages. `prefix` is undefined if proxies send it in a header. */
export type SseEndpointForm =
  { readonly kind: 'relative' } | { readonly kind: 'path'; readonly prefix: string | undefined };

export interface StreamableHttpSettings {
  /** False if the transport is turned off. */
  readonly isOn: boolean;
  /** False if each POST is independent in every revision. */
  readonly hasSessions: boolean;
  /** True if a POST is never answered with an event stream. */
  readonly isJson: boolean;
  readonly path: string;
  readonly keepAliveMs: number;
  /** How long clients wait before they reconnect. */
  readonly retryMs: number;
}

export interface McpLimitSettings {
  readonly bodyBytes: number;
  readonly bodyMs: number;
  readonly bufferedBytes: number;
  readonly bufferedBytesPerAddress: number;
  readonly jsonDepth: number;
  readonly jsonNodes: number;
  readonly resultBytes: number;
  readonly inFlight: number;
  readonly streams: number;
  readonly streamsPerAddress: number;
  readonly streamsPerPrincipal: number;
  readonly sessions: number;
  readonly sessionIdleMs: number;
  readonly calls: number;
  readonly callsPerPrincipal: number;
  readonly initializeMs: number;
  readonly writeMs: number;
  readonly progressPerSecond: number;
  readonly logPerSecond: number;
}
