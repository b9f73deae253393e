import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { verdictOf } from '../../../execution/guards/guard-verdict.js';
import { WrappedGuard } from '../../../execution/enhancers/wrapped-guard.js';
import type { HttpExchange } from '../../../interfaces/http-exchange.interface.js';

/**
 * Prevents a global guard from counting a tool call twice: on the route of the transport and on the tool. If
 * the call gets to a tool, the guard is skipped on the route and asked on the tool. Every other message, such
 * as a call of an unknown tool or session, is counted on the route.
 */
export class OnceGuard extends WrappedGuard {
  constructor(
    guard: CanActivate,
    private readonly isGuardedCall: (exchange: HttpExchange) => boolean | Promise<boolean>,
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
    return this.isGuardedCall({ request, response });
  }
}

/** The number of arguments on a route: `[request, response, next]`. A tool has its context as a fourth. */
const ROUTE_ARGUMENTS = 3;
