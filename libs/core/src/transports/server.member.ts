import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { McpExplorer } from '../discovery/mcp.explorer.js';
import { ServerDirectory } from '../discovery/server.directory.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/mcp-settings.interface.js';
import { MCP_FEATURES, MCP_SERVER, MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { SessionRegistry } from '../session/session.registry.js';
import { BootCheck } from './boot-check.js';
import { EndpointTable } from './http/endpoint.table.js';
import { HttpGate } from './http/http-gate.js';
import { ToolReach } from './tool-reach.js';

/** Makes this server known to the application's others; whichever is first has all of them checked. */
@Injectable()
export class ServerMember implements OnModuleInit {
  constructor(
    directory: ServerDirectory,
    private readonly boot: BootCheck,
    @Inject(MCP_SERVER) name: string,
    @Inject(MCP_SETTINGS) settings: McpSettings,
    @Inject(MCP_FEATURES) features: readonly McpFeature[],
    explorer: McpExplorer,
    endpoints: EndpointTable,
    reach: ToolReach,
    sessions: SessionRegistry,
    gate: HttpGate,
  ) {
    directory.join({
      name,
      settings,
      features,
      bind: (providers) => explorer.explore(providers),
      paths: () => endpoints.paths(),
      reachesTool: (request) => reach.reaches(request),
      drain: () => sessions.drain(settings.drainMs).finally(() => gate.stop()),
    });
  }

  onModuleInit(): void {
    this.boot.run();
  }
}
