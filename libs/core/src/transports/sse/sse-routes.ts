import { Inject, Injectable, type Type } from '@nestjs/common';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { decorate } from '../http/responses/decorate.js';
import { mountAt } from '../http/routing/mount-at.js';
import { TransportInterceptor } from '../http/gates/transport.interceptor.js';
import type { SseController } from './sse.controller.js';
import { SseTransport } from './sse-transport.js';

/** Injects the controller class of this server. */
export const SSE_CONTROLLER = Symbol.for('nestmcp:sse-controller');

/**
 * Gives the controller class what only the options know, before Nest makes its routes. A provider does
 * it, and not the controller: a request-scoped global guard makes the controller request-scoped, too.
 */
@Injectable()
export class SseRoutes {
  constructor(
    @Inject(SSE_CONTROLLER) controller: Type<SseController>,
    @Inject(MCP_SETTINGS) { sse, decorators }: McpSettings,
    transport: SseTransport,
    interceptor: TransportInterceptor,
  ) {
    mountAt(controller, 'open', sse.isOn ? sse.path : undefined);
    mountAt(controller, 'accept', sse.isOn ? sse.messagesPath : undefined);
    decorate(controller, ['open', 'accept'], decorators);
    interceptor.cover(controller, 'open', (exchange) => transport.openStream(exchange));
    interceptor.cover(controller, 'accept', (exchange) => transport.acceptMessage(exchange));
  }
}
