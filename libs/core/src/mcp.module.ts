import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { McpExplorer } from './discovery/mcp.explorer.js';
import { MethodBinder } from './discovery/method-binder.js';
import { EnhancedInvoker } from './execution/enhanced.invoker.js';
import { EnhancerFinder } from './execution/enhancer-finder.js';
import { InvokerFactory } from './execution/invoker.factory.js';
import { ToolRunner } from './features/tools/tool.runner.js';
import { ToolsFeature } from './features/tools/tools.feature.js';
import type {
  McpFeatureOptions,
  McpModuleOptions,
} from './interfaces/mcp-module-options.interface.js';
import {
  MCP_FEATURES,
  MCP_MODULE_OPTIONS,
  MCP_SERVER,
  MCP_SETTINGS,
} from './interfaces/mcp.tokens.js';
import { DEFAULT_SERVER } from './interfaces/server-name.js';
import { McpFeatureModule } from './mcp.feature-module.js';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  type OPTIONS_TYPE,
  toSettings,
} from './mcp.module-definition.js';
import { serverExports } from './mcp.server-exports.js';
import { McpSharedModule } from './mcp.shared-module.js';
import { Dispatcher } from './server/dispatcher.js';
import { LifecycleHandlers } from './server/lifecycle.handlers.js';
import { SessionRegistry } from './session/session.registry.js';
import { EndpointTable } from './transports/http/endpoint.table.js';
import { GateInstaller } from './transports/http/gate.installer.js';
import { HostCheck } from './transports/http/host-check.js';
import { HttpGate } from './transports/http/http-gate.js';
import { McpRootModule } from './transports/http/mcp-root-module.token.js';
import { RefusalFilter } from './transports/http/refusal.filter.js';
import { TransportGuard } from './transports/http/transport.guard.js';
import { ServerMember } from './transports/server.member.js';
import { StartupLog } from './transports/startup-log.js';
import { createSseController } from './transports/sse/sse.controller.js';
import { SSE_CONTROLLER, SseRoutes } from './transports/sse/sse.routes.js';
import { ToolReach } from './transports/tool-reach.js';
import { SseTransport } from './transports/sse/sse.transport.js';

const PROVIDERS: readonly Provider[] = [
  {
    provide: MCP_SETTINGS,
    useFactory: (options: McpModuleOptions, server: string) => toSettings(options, server),
    inject: [MCP_MODULE_OPTIONS, MCP_SERVER],
  },
  { provide: MCP_FEATURES, useFactory: (tools: ToolsFeature) => [tools], inject: [ToolsFeature] },
  ToolsFeature,
  McpExplorer,
  MethodBinder,
  InvokerFactory,
  EnhancerFinder,
  EnhancedInvoker,
  ToolRunner,
  Dispatcher,
  LifecycleHandlers,
  SessionRegistry,
  EndpointTable,
  HostCheck,
  HttpGate,
  GateInstaller,
  RefusalFilter,
  TransportGuard,
  ToolReach,
  SseTransport,
  SseRoutes,
  ServerMember,
  StartupLog,
];

/**
 * Gives the application an MCP server: import it with `forRoot()` or `forRootAsync()`, and every provider
 * marked with `@McpToolType()`, in whatever module, is served. Import it again with another `server` name for
 * one more server, with its own tools, paths, guards, limits and sessions.
 *
 * The module is global: what a server exports can be injected anywhere; see {@link getMcpToken}.
 */
@Module({ imports: [DiscoveryModule, McpSharedModule] })
export class McpModule extends ConfigurableModuleClass {
  /** `server` is its name in the application. Default: `'default'`. */
  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    return withServer(super.forRoot(options), options.server);
  }

  /** `server` stands beside the factory, since providers have their tokens before a factory runs. */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return withServer(super.forRootAsync(options), options.server);
  }

  /** Assigns tool classes to a server. They stay providers of the modules that have them. */
  static forFeature(options: McpFeatureOptions): DynamicModule {
    return McpFeatureModule.for(options);
  }
}

function withServer(definition: DynamicModule, server = DEFAULT_SERVER): DynamicModule {
  const controller = createSseController();
  const exported = serverExports(server);
  return {
    ...definition,
    global: true,
    controllers: [controller],
    providers: [
      ...(definition.providers ?? []),
      ...PROVIDERS,
      ...exported.providers,
      { provide: MCP_SERVER, useValue: server },
      { provide: McpRootModule, useValue: { metatype: definition.module } },
      { provide: SSE_CONTROLLER, useValue: controller },
    ],
    exports: exported.exports,
  };
}
