import { Inject, Injectable, type Type } from '@nestjs/common';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { decorate } from '../http/responses/decorate.js';
import { mountAt } from '../http/routing/mount-at.js';
import { publishInOpenApi } from '../http/routing/openapi.js';
import { TransportInterceptor } from '../http/gates/transport.interceptor.js';
import type { StreamableHttpController } from './streamable-http.controller.js';
import { StreamableHttpTransport } from './streamable-http-transport.js';

/** Token of the controller class of this server. */
export const STREAMABLE_HTTP_CONTROLLER = Symbol.for('nestmcp:streamable-http-controller');

const ROUTES = ['post', 'get', 'delete'] as const;

/**
 * Sets the paths and the decorators of the controller class, which come from the options, before Nest
 * registers its routes; see `SseRoutes`.
 */
@Injectable()
export class StreamableHttpRoutes {
  constructor(
    @Inject(STREAMABLE_HTTP_CONTROLLER) controller: Type<StreamableHttpController>,
    @Inject(MCP_SETTINGS) { streamableHttp, decorators, isInOpenApi }: McpSettings,
    transport: StreamableHttpTransport,
    interceptor: TransportInterceptor,
  ) {
    const { isOn, hasSessions, path } = streamableHttp;
    for (const route of ROUTES) {
      mountAt(controller, route, isOn && (hasSessions || route === 'post') ? path : undefined);
      interceptor.cover(controller, route, (exchange) => transport[route](exchange));
    }
    publishInOpenApi(controller, isInOpenApi);
    decorate(controller, ROUTES, decorators);
  }
}
