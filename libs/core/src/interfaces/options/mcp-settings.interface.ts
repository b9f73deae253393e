import type { CanActivate, Type } from '@nestjs/common';
import type { TransportDecorator } from './mcp-module-options.interface.js';
import type { PrincipalReader } from '../principal-reader.interface.js';
import type { McpCacheHint } from '../mcp-cache-options.interface.js';
import type { McpIcon } from '../mcp-icon.interface.js';

/** The module's options with every default filled in and every duration in milliseconds. */
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
  /** Undefined for the default: from `request.user`. */
  readonly principal: PrincipalReader | undefined;
  /** Undefined where the server is not restricted to some modules. */
  readonly include: readonly Type[] | undefined;
  readonly exclude: readonly Type[];
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly guards: readonly (Type<CanActivate> | CanActivate)[];
  readonly decorators: readonly TransportDecorator[];
  readonly once: readonly Type<CanActivate>[];
  readonly visibility: readonly Type<CanActivate>[];
  /** Undefined where all are in one page. */
  readonly pageSize: number | undefined;
  /** Publish that `@IsOptional()` lets null through. */
  readonly publishOptionalNull: boolean;
  /** Names that large clients refuse are errors. */
  readonly strictNames: boolean;
  readonly limits: McpLimitSettings;
  /** Hint of what has none of its own. */
  readonly cache: McpCacheHint;
  readonly drainMs: number;
  readonly timeoutMs: number;
  readonly maxTimeoutMs: number;
}

export interface SseSettings {
  /** False when the transport is switched off. */
  readonly isOn: boolean;
  readonly path: string;
  readonly messagesPath: string;
  readonly endpoint: SseEndpointForm;
  readonly keepAliveMs: number;
}

/** How a stream names the URL of its messages; `prefix` is undefined where proxies say it in a header. */
export type SseEndpointForm =
  { readonly kind: 'relative' } | { readonly kind: 'path'; readonly prefix: string | undefined };

export interface StreamableHttpSettings {
  /** False when the transport is switched off. */
  readonly isOn: boolean;
  /** False where each POST stands for itself in every revision. */
  readonly hasSessions: boolean;
  /** True where a POST is never answered with an event stream. */
  readonly isJson: boolean;
  readonly path: string;
  readonly keepAliveMs: number;
  /** Sent to clients as the time to wait before they reconnect. */
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
