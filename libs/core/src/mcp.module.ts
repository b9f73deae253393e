import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { McpExplorer } from './discovery/mcp.explorer.js';
import { MethodBinder } from './discovery/method-binder.js';
import { EnhancedInvoker } from './execution/invocation/enhanced-invoker.js';
import { EnhancerFinder } from './execution/enhancers/enhancer-finder.js';
import { EnhancerResolver } from './execution/enhancers/enhancer-resolver.js';
import { InvokerFactory } from './execution/invocation/invoker.factory.js';
import { VisibilityFinder } from './execution/visibility/visibility-finder.js';
import { ToolLists } from './features/tools/listing/tool-lists.js';
import { RunTimeToolFactory } from './features/tools/run-time/run-time-tool.factory.js';
import { RunTimeToolHost } from './features/tools/run-time/run-time-tool.host.js';
import { RunTimeToolPlanner } from './features/tools/run-time/run-time-tool.planner.js';
import { ToolCatalog } from './features/tools/tool.catalog.js';
import { ToolRunner } from './features/tools/tool.runner.js';
import { ToolsFeature } from './features/tools/tools.feature.js';
import { JointBackplane } from './backplane/joint-backplane.js';
import { InMemoryBackplane } from './backplane/in-memory/in-memory-backplane.js';
import type { McpFeatureOptions } from './interfaces/options/mcp-module-options.interface.js';
import {
  MCP_BACKPLANE,
  MCP_FEATURES,
  MCP_MODULE_OPTIONS,
  MCP_MODULE_SETTINGS,
  MCP_SERVER,
  MCP_SETTINGS,
} from './interfaces/mcp.tokens.js';
import { DEFAULT_SERVER } from './interfaces/server-name.js';
import { McpFeatureModule } from './mcp-feature.module.js';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  type OPTIONS_TYPE,
} from './mcp.module-definition.js';
import { type ModuleSettings, readModuleOptions } from './options/module-settings.js';
import { serverExports } from './server-exports.js';
import { McpSharedModule } from './mcp-shared.module.js';
import { SessionDispatcher } from './server/session-dispatcher.js';
import { LifecycleHandlers } from './server/lifecycle-handlers.js';
import { ServerCapabilities } from './server/server-capabilities.js';
import { Drain } from './session/drain.js';
import { CallFactory } from './session/call.factory.js';
import { LiveCalls } from './session/live-calls.js';
import { OpenStreams } from './session/open-streams.js';
import { SessionExpiry } from './session/session-expiry.js';
import { SharedSessions } from './session/shared-sessions.js';
import { ChangeRelay } from './session/change-relay.js';
import { BackplaneListener } from './session/backplane-listener.js';
import { BackplaneConnection } from './session/backplane-connection.js';
import { SessionRegistry } from './session/session.registry.js';
import { Arrivals } from './transports/http/responses/arrivals.js';
import { EndpointTable } from './transports/http/routing/endpoint-table.js';
import { GateInstaller } from './transports/http/gates/gate-installer.js';
import { HostCheck } from './transports/http/gates/host-check.js';
import { HttpGate } from './transports/http/gates/http-gate.js';
import { McpRootModule } from './transports/http/routing/mcp-root-module.token.js';
import { Principals } from './transports/shared/principals.js';
import { SessionGate } from './transports/shared/session-gate.js';
import { RawResponseFactory } from './transports/http/responses/raw-response.factory.js';
import { StreamQuota } from './transports/http/quotas/stream-quota.js';
import { RefusalFilter } from './transports/http/responses/refusal.filter.js';
import { TransportGuard } from './transports/http/gates/transport.guard.js';
import { ListenStreams } from './transports/streamable-http/listen-streams.js';
import { PostOutlets } from './transports/streamable-http/responses/post-outlets.js';
import { SessionlessHttpService } from './transports/streamable-http/sessionless-http.service.js';
import { CallQuota } from './transports/shared/call-quota.js';
import { SessionlessDispatcher } from './server/sessionless-dispatcher.js';
import { SessionHttpService } from './transports/streamable-http/session-http.service.js';
import { SessionQuota } from './transports/streamable-http/session-quota.js';
import { StandaloneStreams } from './transports/streamable-http/standalone-streams.js';
import { StatelessHttpService } from './transports/streamable-http/stateless-http.service.js';
import { createStreamableHttpController } from './transports/streamable-http/streamable-http.controller.js';
import {
  STREAMABLE_HTTP_CONTROLLER,
  StreamableHttpRoutes,
} from './transports/streamable-http/streamable-http-routes.js';
import { StreamableHttpTransport } from './transports/streamable-http/streamable-http-transport.js';
import { ListChanges } from './registry/list-changes.js';
import { ChangeNotifier } from './server/change-notifier.js';
import { StatelessDispatcher } from './server/stateless-dispatcher.js';
import { Subscriptions } from './server/subscriptions.js';
import { ServerShutdown } from './application/server-shutdown.js';
import { ServerRegistration } from './application/server-registration.js';
import { StartupLog } from './application/startup-log.js';
import { createSseController } from './transports/sse/sse.controller.js';
import { SSE_CONTROLLER, SseRoutes } from './transports/sse/sse-routes.js';
import { GuardedCallCheck } from './application/guarded-call-check.js';
import { SseTransport } from './transports/sse/sse-transport.js';
import { StdioTransport } from './transports/stdio/stdio-transport.js';

const PROVIDERS: readonly Provider[] = [
  {
    provide: MCP_MODULE_SETTINGS,
    useFactory: readModuleOptions,
    inject: [MCP_MODULE_OPTIONS, MCP_SERVER],
  },
  {
    provide: MCP_SETTINGS,
    useFactory: ({ settings }: ModuleSettings) => settings,
    inject: [MCP_MODULE_SETTINGS],
  },
  {
    provide: MCP_BACKPLANE,
    useFactory: ({ backplane = new InMemoryBackplane() }: ModuleSettings) =>
      JointBackplane.of(backplane),
    inject: [MCP_MODULE_SETTINGS],
  },
  { provide: MCP_SERVER, useValue: 'default' },
  { provide: MCP_FEATURES, useFactory: (tools: ToolsFeature) => [tools], inject: [ToolsFeature] },
  ToolsFeature,
  ToolCatalog,
  ToolLists,
  RunTimeToolFactory,
  RunTimeToolPlanner,
  RunTimeToolHost,
  EnhancerResolver,
  VisibilityFinder,
  McpExplorer,
  MethodBinder,
  InvokerFactory,
  EnhancerFinder,
  EnhancedInvoker,
  ToolRunner,
  SessionDispatcher,
  LifecycleHandlers,
  StatelessDispatcher,
  Subscriptions,
  ListChanges,
  ChangeNotifier,
  ServerCapabilities,
  LiveCalls,
  CallFactory,
  OpenStreams,
  Drain,
  SessionRegistry,
  BackplaneConnection,
  BackplaneListener,
  ChangeRelay,
  SharedSessions,
  SessionExpiry,
  EndpointTable,
  Principals,
  StreamQuota,
  RawResponseFactory,
  SessionGate,
  HostCheck,
  Arrivals,
  HttpGate,
  GateInstaller,
  RefusalFilter,
  TransportGuard,
  GuardedCallCheck,
  SseTransport,
  SseRoutes,
  StandaloneStreams,
  SessionQuota,
  SessionHttpService,
  ListenStreams,
  CallQuota,
  PostOutlets,
  SessionlessDispatcher,
  SessionlessHttpService,
  StatelessHttpService,
  StreamableHttpTransport,
  StdioTransport,
  StreamableHttpRoutes,
  ServerShutdown,
  ServerRegistration,
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
    // Where JavaScript gives none, the boot report names what is required.
    const given = (options as typeof OPTIONS_TYPE | undefined) ?? ({} as typeof OPTIONS_TYPE);
    return withServer(super.forRoot(given), given.server);
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
  const sse = createSseController();
  const streamableHttp = createStreamableHttpController();
  const exported = serverExports(server);
  return {
    ...definition,
    global: true,
    controllers: [sse, streamableHttp],
    providers: [
      ...(definition.providers ?? []),
      ...PROVIDERS,
      ...exported.providers,
      { provide: MCP_SERVER, useValue: server },
      { provide: McpRootModule, useValue: { metatype: definition.module } },
      { provide: SSE_CONTROLLER, useValue: sse },
      { provide: STREAMABLE_HTTP_CONTROLLER, useValue: streamableHttp },
    ],
    exports: exported.exports,
  };
}
