import { Inject, Injectable, type Type } from '@nestjs/common';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { decorate } from '../http/responses/decorate.js';
import { mountAt } from '../http/routing/mount-at.js';
import { publishInOpenApi } from '../http/routing/openapi.js';
import { TransportInterceptor } from '../http/gates/transport.interceptor.js';
import type { SseController } from './sse.controller.js';
import { SseTransport } from './sse-transport.js';

/** Token of the controller class of this server. */
export const SSE_CONTROLLER = Symbol.for('nestmcp:sse-controller');

/**
 * Sets the paths and the decorators of the controller class, which come from the options, before Nest
 * registers its routes. This cannot be done in the controller itself: a request-scoped global guard makes the
 * controller request-scoped too, so that it would be created too late.
 */
@Injectable()
export class SseRoutes {
  constructor(
    @Inject(SSE_CONTROLLER) controller: Type<SseController>,
    @Inject(MCP_SETTINGS) { sse, decorators, isInOpenApi }: McpSettings,
    transport: SseTransport,
    interceptor: TransportInterceptor,
  ) {
    mountAt(controller, 'open', sse.isOn ? sse.path : undefined);
    mountAt(controller, 'accept', sse.isOn ? sse.messagesPath : undefined);
    publishInOpenApi(controller, isInOpenApi);
    decorate(controller, ['open', 'accept'], decorators);
    interceptor.cover(controller, 'open', (exchange) => transport.openStream(exchange));
    interceptor.cover(controller, 'accept', (exchange) => transport.acceptMessage(exchange));
  }
}
