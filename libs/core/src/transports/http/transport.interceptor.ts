import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { isObservable, type Observable, of } from 'rxjs';

type RouteHandler = (request: never, response: never) => unknown;

/**
 * Answers for our own controllers ahead of every global interceptor: a wrapper of the application would
 * destroy the `endpoint` event, and a cache would send one client's messages to another.
 */
@Injectable()
export class TransportInterceptor implements NestInterceptor {
  private readonly handlers = new Map<unknown, RouteHandler>();

  /** Names the route handlers of a controller; they take request and response, in that order. */
  cover<Controller extends object>(
    controller: Controller,
    methods: readonly (keyof Controller)[],
  ): void {
    for (const method of methods) {
      const handler = controller[method] as RouteHandler;
      this.handlers.set(handler, handler.bind(controller));
    }
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handler = this.handlers.get(context.getHandler());
    if (handler === undefined) return next.handle();
    const [request, response] = context.getArgs<[never, never]>();
    const result = handler(request, response);
    return isObservable(result) ? result : of(result);
  }
}
