import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type HttpExchange, rawResponse } from '../../../interfaces/http-exchange.interface.js';
import type { RequestId } from '../../../interfaces/mcp-call.interface.js';
import { LiveCalls } from '../../../session/live-calls.js';
import { closed } from '../../shared/refusal.js';
import { sendRefusal } from './send-refusal.js';
import { guarded } from '../../../runtime/guarded.js';

/**
 * Requests that have passed the gate and wait for the application's guards. The transport does not have them
 * yet. The shutdown waits for them as it does for calls.
 */
@Injectable()
export class Arrivals {
  private readonly leaves = new WeakMap<object, () => void>();

  constructor(
    private readonly live: LiveCalls,
    private readonly host: HttpAdapterHost,
  ) {}

  /**
   * Adds a request.
   * @param id id of its message, if the message is a request
   * @param left called when the transport takes the request over, when it is answered, or when its client
   * leaves
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

  /** Removes a request. The transport calls it when it takes the request over. */
  remove(response: object): void {
    this.leaves.get(rawResponse(response))?.();
  }

  private cut({ response }: HttpExchange, id: RequestId | undefined): void {
    const raw = rawResponse(response);
    if (!raw.headersSent) sendRefusal(this.host.httpAdapter, response, closed(id));
    else if (!raw.writableEnded) raw.destroy();
  }
}
