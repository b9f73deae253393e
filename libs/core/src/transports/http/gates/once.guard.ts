import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { verdictOf } from '../../../execution/guards/guard-verdict.js';
import { WrappedGuard } from '../../../execution/enhancers/wrapped-guard.js';
import type { HttpExchange } from '../../../interfaces/http-exchange.interface.js';

/**
 * A global guard that counts (requests, quotas) would count a tool call twice: on the transport's route,
 * and on the tool. This lets a call pass on the route when the tool will ask the guard again; a call that
 * would not get there (unknown tool, unknown session) is counted on the route like any other message.
 */
export class OnceGuard extends WrappedGuard {
  constructor(
    guard: CanActivate,
    private readonly reachesTool: (exchange: HttpExchange) => boolean | Promise<boolean>,
  ) {
    super(guard);
  }

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const isAskedAgain = this.isAskedAgain(context);
    if (typeof isAskedAgain === 'boolean') return isAskedAgain || verdictOf(this.guard, context);
    return isAskedAgain.then((will) => will || verdictOf(this.guard, context));
  }

  private isAskedAgain(context: ExecutionContext): boolean | Promise<boolean> {
    if (context.getType() !== 'http' || context.getArgs().length > ROUTE_ARGUMENTS) return false;
    const [request, response] = context.getArgs<[HttpExchange['request'], object]>();
    return this.reachesTool({ request, response });
  }
}

/** Routes pass `[request, response, next]`; a tool has its context after them. */
const ROUTE_ARGUMENTS = 3;
