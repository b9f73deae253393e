import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type HttpExchange, rawResponse } from '../../../interfaces/http-exchange.interface.js';
import type { RequestId } from '../../../interfaces/mcp-call.interface.js';
import { LiveCalls } from '../../../session/live-calls.js';
import { closed } from '../../shared/refusal.js';
import { sendRefusal } from './send-refusal.js';
import { guarded } from '../../../runtime/guarded.js';

/**
 * Requests that have passed the gate, and that the transport has not in its hands yet: the application's guards
 * are asked. The end of the server waits for them as it does for calls.
 */
@Injectable()
export class Arrivals {
  private readonly leaves = new WeakMap<object, () => void>();

  constructor(
    private readonly live: LiveCalls,
    private readonly host: HttpAdapterHost,
  ) {}

  /**
   * Takes a request in.
   * @param id of its message, where it has one
   * @param left is called when the transport takes it over, or it is answered, or its client leaves
   */
  add(exchange: HttpExchange, id: RequestId | undefined, left: () => void): void {
    const response = rawResponse(exchange.response);
    if (response.destroyed || response.closed) return left();
    const leaveCalls = this.live.arrived({ cut: () => this.cut(exchange, id) });
    const leave = guarded(() => {
      leaveCalls();
      left();
    });
    this.leaves.set(response, leave);
    response.once('close', leave);
  }

  /** To be called when the transport begins with a request. */
  taken(response: object): void {
    this.leaves.get(rawResponse(response))?.();
  }

  private cut({ response }: HttpExchange, id: RequestId | undefined): void {
    const raw = rawResponse(response);
    if (!raw.headersSent) sendRefusal(this.host.httpAdapter, response, closed(id));
    else if (!raw.writableEnded) raw.destroy();
  }
}
