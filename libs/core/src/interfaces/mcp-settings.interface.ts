import type { CanActivate, Type } from '@nestjs/common';
import type { TransportDecorator } from './mcp-module-options.interface.js';

/** The module's options with every default filled in and every duration in milliseconds. */
export interface McpSettings {
  readonly server: { readonly name: string; readonly version: string; readonly title?: string };
  readonly instructions: string | undefined;
  readonly sse: SseSettings;
  /** Undefined where the server is not restricted to some modules. */
  readonly include: readonly Type[] | undefined;
  readonly exclude: readonly Type[];
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly guards: readonly (Type<CanActivate> | CanActivate)[];
  readonly decorators: readonly TransportDecorator[];
  readonly once: readonly Type<CanActivate>[];
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

export interface McpLimitSettings {
  readonly bodyBytes: number;
  readonly bodyMs: number;
  readonly jsonDepth: number;
  readonly jsonNodes: number;
  readonly resultBytes: number;
  readonly inFlight: number;
  readonly streams: number;
  readonly streamsPerAddress: number;
  readonly initializeMs: number;
}
