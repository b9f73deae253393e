import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { McpExplorer } from '../discovery/mcp.explorer.js';
import { ServerDirectory } from '../discovery/server.directory.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import { MCP_FEATURES, MCP_MODULE_SETTINGS, MCP_SERVER } from '../interfaces/mcp.tokens.js';
import type { ModuleSettings } from '../options/module-settings.js';
import { EnhancerFinder } from '../execution/enhancers/enhancer-finder.js';
import { BootCheck } from './boot-check.js';
import { EndpointTable } from '../transports/http/routing/endpoint.table.js';
import { ServerEnd } from './server-end.js';
import { ToolReach } from './tool-reach.js';

/** Makes this server known to the application's others; whichever is first has all of them checked. */
@Injectable()
export class ServerMember implements OnModuleInit {
  constructor(
    directory: ServerDirectory,
    private readonly boot: BootCheck,
    @Inject(MCP_SERVER) name: string,
    @Inject(MCP_MODULE_SETTINGS) { settings, problems }: ModuleSettings,
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
      problems,
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
