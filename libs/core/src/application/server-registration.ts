import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { McpExplorer } from '../discovery/mcp.explorer.js';
import { ServerDirectory } from '../discovery/server-directory.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import { MCP_FEATURES, MCP_MODULE_SETTINGS, MCP_SERVER } from '../interfaces/mcp.tokens.js';
import type { ModuleSettings } from '../options/module-settings.js';
import { EnhancerFinder } from '../execution/enhancers/enhancer-finder.js';
import { ListChanges } from '../registry/list-changes.js';
import { BootCheck } from './boot-check.js';
import { EndpointTable } from '../transports/http/routing/endpoint-table.js';
import { ServerShutdown } from './server-shutdown.js';
import { GuardedCallCheck } from './guarded-call-check.js';

/**
 * Adds this server to the application's list of servers. The first one that is initialized starts the boot
 * check of all.
 */
@Injectable()
export class ServerRegistration implements OnModuleInit {
  constructor(
    directory: ServerDirectory,
    private readonly boot: BootCheck,
    @Inject(MCP_SERVER) name: string,
    @Inject(MCP_MODULE_SETTINGS) { settings, problems }: ModuleSettings,
    @Inject(MCP_FEATURES) features: readonly McpFeature[],
    explorer: McpExplorer,
    endpoints: EndpointTable,
    guardedCalls: GuardedCallCheck,
    finder: EnhancerFinder,
    shutdown: ServerShutdown,
    changes: ListChanges,
  ) {
    directory.join({
      name,
      settings,
      problems,
      features,
      bind: (providers) => explorer.explore(providers),
      add: (providers) => {
        for (const provider of providers) finder.adopt(provider);
        const found = explorer.explore(providers);
        for (const list of explorer.listsOf(providers)) changes.emit(list);
        return found;
      },
      paths: () => endpoints.paths(),
      isGuardedCall: (exchange) => guardedCalls.reaches(exchange),
      settle: () => finder.settle(),
      drain: () => shutdown.shutDown(),
      cutCalls: () => shutdown.cutCalls(),
    });
  }

  onModuleInit(): void {
    this.boot.check();
  }
}
