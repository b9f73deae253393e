/** The module's options with every default filled in and every duration in milliseconds. */
export interface McpSettings {
  readonly server: { readonly name: string; readonly version: string; readonly title?: string };
  readonly instructions: string | undefined;
  /** Undefined when the transport is switched off. */
  readonly sse: SseSettings | undefined;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly limits: McpLimitSettings;
  readonly drainMs: number;
}

export interface SseSettings {
  readonly path: string;
  readonly messagesPath: string;
  readonly keepAliveMs: number;
}

export interface McpLimitSettings {
  readonly bodyBytes: number;
  readonly jsonDepth: number;
  readonly jsonNodes: number;
  readonly inFlight: number;
  readonly streams: number;
  readonly streamsPerAddress: number;
  readonly initializeMs: number;
}
