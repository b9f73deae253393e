import type { InjectionToken, Provider, Type } from '@nestjs/common';
import { McpCallStatistics } from './execution/limits/call-statistics.js';
import { getMcpToken, ownToken } from './interfaces/get-mcp-token.js';
import { McpRegistry } from './features/tools/run-time/mcp.registry.js';
import { McpEndpoints } from './application/mcp-endpoints.js';
import { StdioServer } from './application/stdio-server.js';

/** What each server gives to the application. The parts of a server have it by {@link ownToken}. */
const EXPORTED: readonly Type[] = [McpEndpoints, McpCallStatistics, McpRegistry, StdioServer];

/** Providers and exports of one server; by class only where it is the default one. */
export function serverExports(server: string | undefined): {
  readonly providers: Provider[];
  readonly exports: InjectionToken[];
} {
  return {
    providers: EXPORTED.flatMap((type): Provider[] => [
      { provide: getMcpToken(type, server), useClass: type },
      { provide: ownToken(type), useExisting: getMcpToken(type, server) },
    ]),
    exports: EXPORTED.map((type) => getMcpToken(type, server)),
  };
}
