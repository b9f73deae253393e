import type { IncomingMessage } from 'node:http';
import type { AbstractHttpAdapter } from '@nestjs/core';

type Next = (error?: unknown) => void;
type Middleware = (request: IncomingMessage, response: object, next: Next) => void;

/**
 * The CORS of an Express application. `app.enableCors()` comes after the gates are in place, so that what
 * they refuse would never get there; without its headers, a page of another origin could not read why.
 */
export class ApplicationCors {
  private static readonly known = new WeakMap<AbstractHttpAdapter, ApplicationCors>();
  private middleware: Middleware | undefined;

  private constructor(adapter: AbstractHttpAdapter) {
    const enable = adapter.enableCors.bind(adapter);
    adapter.enableCors = (...options: Parameters<typeof enable>) => {
      this.watch(adapter, () => {
        enable(...options);
      });
    };
  }

  /** One for each application, however many servers it has. */
  static of(adapter: AbstractHttpAdapter): ApplicationCors {
    const cors = ApplicationCors.known.get(adapter) ?? new ApplicationCors(adapter);
    ApplicationCors.known.set(adapter, cors);
    return cors;
  }

  /** Sets the headers that the application would have set, and goes on. */
  apply(request: IncomingMessage, response: object, next: Next): void {
    if (this.middleware) this.middleware(request, response, next);
    else next();
  }

  /** What `enableCors()` hands to `use()` is the middleware. */
  private watch(adapter: AbstractHttpAdapter, act: () => void): void {
    const use = adapter.use.bind(adapter);
    adapter.use = (...handlers: unknown[]) => {
      this.middleware = handlers.at(-1) as Middleware;
      return use(...handlers) as unknown;
    };
    try {
      act();
    } finally {
      adapter.use = use;
    }
  }
}
