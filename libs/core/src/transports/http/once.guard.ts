import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { HttpRequest } from '../../interfaces/http-exchange.interface.js';
import { rawRequest } from '../../interfaces/http-exchange.interface.js';
import type { HttpGate } from './http-gate.js';

/**
 * A global guard that counts (requests, quotas) would count a tool call twice: on the transport's route,
 * and on the tool. This lets the call pass on the route, since the tool asks the guard again.
 */
export class OnceGuard implements CanActivate {
  constructor(
    private readonly guard: CanActivate,
    private readonly gate: HttpGate,
  ) {}

  canActivate(context: ExecutionContext): ReturnType<CanActivate['canActivate']> {
    return this.isRouteOfToolCall(context) || this.guard.canActivate(context);
  }

  private isRouteOfToolCall(context: ExecutionContext): boolean {
    if (context.getArgs().length > ROUTE_ARGUMENTS) return false;
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const message = this.gate.messageOf(rawRequest(request));
    return message?.kind === 'request' && message.method === 'tools/call';
  }
}

/** Routes pass `[request, response, next]`; a tool has its context after them. */
const ROUTE_ARGUMENTS = 3;
