import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { McpExplorer } from '../discovery/mcp.explorer.js';
import { ServerDirectory } from '../discovery/server.directory.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/mcp-settings.interface.js';
import { MCP_FEATURES, MCP_SERVER, MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { EnhancerFinder } from '../execution/enhancer-finder.js';
import { BootCheck } from './boot-check.js';
import { EndpointTable } from './http/endpoint.table.js';
import { ServerEnd } from './server-end.js';
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
    finder: EnhancerFinder,
    ending: ServerEnd,
  ) {
    directory.join({
      name,
      settings,
      features,
      bind: (providers) => explorer.explore(providers),
      paths: () => endpoints.paths(),
      reachesTool: (exchange) => reach.reaches(exchange),
      settle: () => finder.settle(),
      drain: () => ending.run(),
      hurry: () => ending.hurry(),
    });
  }

  onModuleInit(): void {
    this.boot.run();
  }
}
