import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import { from, isObservable, type Observable } from 'rxjs';
import type { HttpExchange, HttpRequest } from '../../../interfaces/http-exchange.interface.js';

type Answer = (exchange: HttpExchange) => unknown;

/**
 * Answers the requests of the transports' controllers ahead of every global interceptor. An interceptor that
 * wraps responses would break the `endpoint` event, and a cache would send the messages of one client to
 * another.
 */
@Injectable()
export class TransportInterceptor implements NestInterceptor {
  private readonly answers = new Map<unknown, Answer>();

  /** Registers the function that answers instead of a route handler. */
  cover<Controller>(controller: Type<Controller>, method: keyof Controller, answer: Answer): void {
    this.answers.set((controller.prototype as Controller)[method], answer);
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const answer = this.answers.get(context.getHandler());
    if (answer === undefined) return next.handle();
    const [request, response] = context.getArgs<[HttpRequest, object]>();
    const result = answer({ request, response });
    return isObservable(result) ? result : from(Promise.resolve(result));
  }
}
