import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { HttpRequest } from '../../interfaces/http-exchange.interface.js';

/**
 * A global guard that counts (requests, quotas) would count a tool call twice: on the transport's route,
 * and on the tool. This lets a call pass on the route when the tool will ask the guard again; a call that
 * would not get there (unknown tool, unknown session) is counted on the route like any other message.
 */
export class OnceGuard implements CanActivate {
  constructor(
    private readonly guard: CanActivate,
    private readonly reachesTool: (request: HttpRequest) => boolean,
  ) {}

  canActivate(context: ExecutionContext): ReturnType<CanActivate['canActivate']> {
    return this.isAskedAgain(context) || this.guard.canActivate(context);
  }

  private isAskedAgain(context: ExecutionContext): boolean {
    if (context.getType() !== 'http' || context.getArgs().length > ROUTE_ARGUMENTS) return false;
    return this.reachesTool(context.switchToHttp().getRequest<HttpRequest>());
  }
}

/** Routes pass `[request, response, next]`; a tool has its context after them. */
const ROUTE_ARGUMENTS = 3;
