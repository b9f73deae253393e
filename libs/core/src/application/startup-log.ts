import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { hasHttp } from '../execution/context/context-type.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { MCP_FEATURES, MCP_SERVER, MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { DEFAULT_SERVER } from '../interfaces/server-name.js';
import { ENDPOINT_FROM_ROOT, SERVER_READY } from '../messages/log.messages.js';
import { EndpointTable } from '../transports/http/routing/endpoint-table.js';
import { McpLogger } from '../runtime/mcp-logger.js';

/**
 * Logs in one line what is served and where, so that a wrong prefix or a missing tool is visible at once. A
 * second line says what the server needs from a proxy.
 */
@Injectable()
export class StartupLog implements OnApplicationBootstrap {
  private readonly logger = new McpLogger();

  constructor(
    @Inject(MCP_FEATURES) private readonly features: readonly McpFeature[],
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    @Inject(MCP_SERVER) private readonly server: string,
    private readonly endpoints: EndpointTable,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Does nothing without HTTP: there are no routes, and {@link logServer} is called when stdio starts. */
  onApplicationBootstrap(): void {
    if (!hasHttp(this.host)) return;
    this.logServer(this.endpoints.describe());
    const { isOn, endpoint } = this.settings.sse;
    if (isOn && endpoint.kind === 'path' && endpoint.prefix === undefined)
      this.logger.log(ENDPOINT_FROM_ROOT);
  }

  logServer(locations: readonly string[]): void {
    const entries = this.features.map((feature) => feature.summary());
    const { name } = this.settings.server;
    const label = this.server === DEFAULT_SERVER ? name : `${name} (server '${this.server}')`;
    this.logger.log(SERVER_READY(label, entries, locations));
  }
}
