import type { InjectionToken, Provider, Type } from '@nestjs/common';
import { McpCallStatistics } from './execution/limits/call-statistics.js';
import { getMcpToken, ownToken } from './interfaces/get-mcp-token.js';
import { FEATURES } from './features/index.js';
import { McpEndpoints } from './application/mcp-endpoints.js';
import { StdioServer } from './application/stdio-server.js';

/** Classes of each server that the application can inject. The parts of a server inject them by {@link ownToken}. */
const EXPORTED: readonly Type[] = [
  McpEndpoints,
  McpCallStatistics,
  ...FEATURES.flatMap(({ exported }) => exported),
  StdioServer,
];

/** Providers and exports of one server. Only those of the default server have their class as a token. */
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
