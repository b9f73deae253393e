import {
  Controller,
  Delete,
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
import { StreamableHttpTransport } from './streamable-http-transport.js';

/** The routes of Streamable HTTP: three methods of one URL. */
export interface StreamableHttpController {
  post(request: HttpRequest, response: object): Promise<void>;
  get(request: HttpRequest, response: object): Promise<Observable<MessageEvent>>;
  delete(request: HttpRequest, response: object): Promise<void>;
}

/**
 * Creates a controller class for one server. Each server needs a class of its own, because Nest keeps paths
 * in the metadata of the class; see `StreamableHttpRoutes`.
 */
export function createStreamableHttpController(): Type<StreamableHttpController> {
  @Controller({ version: VERSION_NEUTRAL })
  @UseFilters(RefusalFilter)
  @UseGuards(TransportGuard)
  class McpStreamableHttpController implements StreamableHttpController {
    constructor(private readonly transport: StreamableHttpTransport) {}

    /** Receives messages. The transport writes the response itself, because it may become an event stream. */
    @Post()
    post(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
      return this.transport.post({ request, response });
    }

    /** The event stream of a session. */
    @Sse()
    get(@Req() request: HttpRequest, @Res() response: object): Promise<Observable<MessageEvent>> {
      return this.transport.get({ request, response });
    }

    /** Ends a session. */
    @Delete()
    delete(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
      return this.transport.delete({ request, response });
    }
  }
  return McpStreamableHttpController;
}
