import type { CanActivate, Type } from '@nestjs/common';
import type { CacheHint } from './mcp-feature.interface.js';
import type { PrincipalReader, TransportDecorator } from './mcp-module-options.interface.js';

/** The module's options with every default filled in and every duration in milliseconds. */
export interface McpSettings {
  readonly server: { readonly name: string; readonly version: string; readonly title?: string };
  readonly instructions: string | undefined;
  readonly sse: SseSettings;
  readonly streamableHttp: StreamableHttpSettings;
  /** Undefined for the default: from `request.user`. */
  readonly principal: PrincipalReader | undefined;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly guards: readonly (Type<CanActivate> | CanActivate)[];
  readonly decorators: readonly TransportDecorator[];
  readonly once: readonly Type<CanActivate>[];
  readonly cache: CacheHint;
  readonly limits: McpLimitSettings;
  readonly drainMs: number;
  readonly timeoutMs: number;
  readonly maxTimeoutMs: number;
}

export interface SseSettings {
  /** False when the transport is switched off. */
  readonly isOn: boolean;
  readonly path: string;
  readonly messagesPath: string;
  readonly keepAliveMs: number;
}

export interface StreamableHttpSettings {
  /** False when the transport is switched off. */
  readonly isOn: boolean;
  readonly path: string;
  readonly keepAliveMs: number;
  /** Sent to clients as the time to wait before they reconnect. */
  readonly retryMs: number;
}

export interface McpLimitSettings {
  readonly bodyBytes: number;
  readonly bodyMs: number;
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
}
