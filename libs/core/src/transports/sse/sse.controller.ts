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
import { type HttpRequest, rawRequest } from '../../interfaces/http-exchange.interface.js';
import { HttpGate } from '../http/http-gate.js';
import { decorate } from '../http/decorate.js';
import { mountAt } from '../http/mount-at.js';
import { RefusalFilter } from '../http/refusal.filter.js';
import { TransportGuard } from '../http/transport.guard.js';
import { TransportInterceptor } from '../http/transport.interceptor.js';
import { SseTransport } from './sse.transport.js';

/** A controller class of its own for each server, since paths are metadata of a class. */
export function createSseController(): Type {
  @Controller({ version: VERSION_NEUTRAL })
  @UseFilters(RefusalFilter)
  @UseGuards(TransportGuard)
  class SseController {
    constructor(
      private readonly transport: SseTransport,
      private readonly gate: HttpGate,
      interceptor: TransportInterceptor,
    ) {
      interceptor.cover(this, ['open', 'accept']);
      mountAt(SseController, 'open', transport.paths?.stream);
      mountAt(SseController, 'accept', transport.paths?.messages);
      decorate(SseController, ['open', 'accept'], transport.decorators);
    }

    /** The event stream: `endpoint` first, then one `message` event per JSON-RPC message. */
    @Sse()
    open(@Req() request: HttpRequest, @Res() response: object): Observable<MessageEvent> {
      this.gate.admitted(rawRequest(request));
      return this.transport.open({ request, response });
    }

    /** Takes one message; the answer travels on the stream. */
    @Post()
    @HttpCode(202)
    accept(@Req() request: HttpRequest, @Res({ passthrough: true }) response: object): void {
      const { message } = this.gate.admitted(rawRequest(request));
      this.transport.accept(sessionIdOf(request), message, { request, response });
    }
  }
  return SseController;
}

/** The raw query: frameworks make arrays and objects of `sessionId[]`, which no session has for an id. */
function sessionIdOf(request: HttpRequest): string {
  const { searchParams } = new URL(rawRequest(request).url ?? '/', 'http://localhost');
  const [sessionId = '', ...others] = searchParams.getAll('sessionId');
  return others.length === 0 ? sessionId : '';
}
