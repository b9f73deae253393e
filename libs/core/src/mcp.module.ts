import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { APPLICATION_PROVIDERS } from './application/application.providers.js';
import { BootCheck } from './application/boot-check.js';
import { BACKPLANE_PROVIDERS } from './backplane/backplane.providers.js';
import { DISCOVERY_PROVIDERS } from './discovery/discovery.providers.js';
import { EXECUTION_PROVIDERS } from './execution/execution.providers.js';
import { FEATURE_PROVIDERS } from './features/features.providers.js';
import { MCP_ASYNC_PROBLEMS, MCP_SERVER } from './interfaces/mcp.tokens.js';
import type { McpFeatureOptions } from './interfaces/options/mcp-module-options.interface.js';
import { DEFAULT_SERVER } from './interfaces/server-name.js';
import { McpFeatureModule } from './mcp-feature.module.js';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  type OPTIONS_TYPE,
} from './mcp.module-definition.js';
import { McpSharedModule } from './mcp-shared.module.js';
import { asyncOptionProblems, hasFactory } from './options/async-options.js';
import { OPTIONS_PROVIDERS } from './options/options.providers.js';
import { PRIMITIVES_PROVIDERS } from './primitives/primitives.providers.js';
import { SERVER_PROVIDERS } from './server/server.providers.js';
import { serverExports } from './server-exports.js';
import { SESSION_PROVIDERS } from './session/session.providers.js';
import { McpRootModule } from './transports/http/routing/mcp-root-module.token.js';
import { createSseController } from './transports/sse/sse.controller.js';
import { SSE_CONTROLLER } from './transports/sse/sse-routes.js';
import { createStreamableHttpController } from './transports/streamable-http/streamable-http.controller.js';
import { STREAMABLE_HTTP_CONTROLLER } from './transports/streamable-http/streamable-http-routes.js';
import { TRANSPORT_PROVIDERS } from './transports/transports.providers.js';

/**
 * Adds an MCP server to the application. Import it with `forRoot()` or `forRootAsync()`, and every provider and
 * controller marked with `@McpToolType()`, in any module, is served. Import it again with another `server` name for a second server, with its
 * own tools, paths, guards, limits and sessions.
 *
 * The module is global: you can inject what a server exports anywhere; see {@link getMcpToken}.
 */
@Module({ imports: [DiscoveryModule, McpSharedModule] })
export class McpModule extends ConfigurableModuleClass implements OnModuleInit {
  constructor(private readonly boot: BootCheck) {
    super();
  }

  /** `server` is its name in the application. Default: `'default'`. */
  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    // In JavaScript the options may be missing; the boot report then names what is required.
    const given = (options as typeof OPTIONS_TYPE | undefined) ?? ({} as typeof OPTIONS_TYPE);
    return withServer(super.forRoot(given), given.server);
  }

  /**
   * `server` is beside the factory, because the tokens of providers exist before the factory runs. The factory returns
   * every other option.
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    const given = (options as typeof ASYNC_OPTIONS_TYPE | undefined) ?? {};
    // Without a factory, Nest would name a token of this package instead of the mistake, which the boot report names.
    const made = hasFactory(given) ? given : { useFactory: () => undefined as never };
    return withServer(super.forRootAsync(made), given.server, asyncOptionProblems(given));
  }

  /** Assigns tool classes to a server. They stay providers of the modules that have them. */
  static forFeature(options: McpFeatureOptions): DynamicModule {
    return McpFeatureModule.for(options);
  }

  /** Checked here as well, in case the module is imported without `forRoot()`, and no server would do it. */
  onModuleInit(): void {
    this.boot.check();
  }
}

function withServer(
  definition: DynamicModule,
  server = DEFAULT_SERVER,
  asyncProblems: readonly string[] = [],
): DynamicModule {
  const sse = createSseController();
  const streamableHttp = createStreamableHttpController();
  const exported = serverExports(server);
  return {
    ...definition,
    global: true,
    controllers: [sse, streamableHttp],
    providers: [
      ...(definition.providers ?? []),
      ...OPTIONS_PROVIDERS,
      ...BACKPLANE_PROVIDERS,
      ...EXECUTION_PROVIDERS,
      ...DISCOVERY_PROVIDERS,
      ...SESSION_PROVIDERS,
      ...SERVER_PROVIDERS,
      ...PRIMITIVES_PROVIDERS,
      ...FEATURE_PROVIDERS,
      ...TRANSPORT_PROVIDERS,
      ...APPLICATION_PROVIDERS,
      ...exported.providers,
      { provide: MCP_SERVER, useValue: server },
      { provide: MCP_ASYNC_PROBLEMS, useValue: asyncProblems },
      { provide: McpRootModule, useValue: { metatype: definition.module } },
      { provide: SSE_CONTROLLER, useValue: sse },
      { provide: STREAMABLE_HTTP_CONTROLLER, useValue: streamableHttp },
    ],
    exports: exported.exports,
  };
}
