import {
  Controller,
  HttpCode,
  type MessageEvent,
  Post,
  Req,
  Res,
  Sse,
  type Type,
  UseFilters,
  UseGuards,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { HttpRequest } from '../../interfaces/http-exchange.interface.js';
import { RefusalFilter } from '../http/responses/refusal.filter.js';
import { TransportGuard } from '../http/gates/transport.guard.js';
import { SseTransport } from './sse-transport.js';

/** The routes of HTTP+SSE. */
export interface SseController {
  open(request: HttpRequest, response: object): Observable<MessageEvent>;
  accept(request: HttpRequest, response: object): Promise<void>;
}

/**
 * Creates a controller class for one server. Each server needs a class of its own, because Nest keeps paths
 * in the metadata of the class; see `SseRoutes`.
 */
export function createSseController(): Type<SseController> {
  @Controller({ version: VERSION_NEUTRAL })
  @UseFilters(RefusalFilter)
  @UseGuards(TransportGuard)
  class McpSseController implements SseController {
    constructor(private readonly transport: SseTransport) {}

    /** The event stream: first an `endpoint` event, then one `message` event for each JSON-RPC message. */
    @Sse()
    open(@Req() request: HttpRequest, @Res() response: object): Observable<MessageEvent> {
      return this.transport.openStream({ request, response });
    }

    /** Receives one message. The answer is sent on the stream. */
    @Post()
    @HttpCode(202)
    async accept(
      @Req() request: HttpRequest,
      @Res({ passthrough: true }) response: object,
    ): Promise<void> {
      await this.transport.acceptMessage({ request, response });
    }
  }
  return McpSseController;
}
