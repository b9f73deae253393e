import { Injectable } from '@nestjs/common';
import type { HttpExchange } from '../interfaces/http-exchange.interface.js';
import type { JsonRpcRequest } from '../protocol/json-rpc.js';
import type { CallOutlet } from './call-outlet.interface.js';
import { LiveCalls } from './live-calls.js';
import { type CallOwner, RunningCall } from './running-call.js';

/** Makes every running call, for every transport and revision, and counts it as live until it is over. */
@Injectable()
export class CallFactory {
  constructor(private readonly live: LiveCalls) {}

  create(
    request: JsonRpcRequest,
    owner: CallOwner,
    outlet: CallOutlet,
    http: HttpExchange | undefined,
  ): RunningCall {
    const call = new RunningCall(request, owner, outlet, http, this.live);
    this.live.started(call);
    return call;
  }
}
