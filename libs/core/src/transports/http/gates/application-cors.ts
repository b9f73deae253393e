import type { IncomingMessage } from 'node:http';
import type { AbstractHttpAdapter } from '@nestjs/core';

type Next = (error?: unknown) => void;
type Middleware = (request: IncomingMessage, response: object, next: Next) => void;

/**
 * Applies the CORS settings of an Express application to refusals. The gates are installed before
 * `app.enableCors()` is called, so a refused request never gets to the CORS middleware. Without CORS headers,
 * a page of another origin could not read the reason of the refusal.
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

  /** The instance of an application. All of its servers share it. */
  static of(adapter: AbstractHttpAdapter): ApplicationCors {
    const cors = ApplicationCors.known.get(adapter) ?? new ApplicationCors(adapter);
    ApplicationCors.known.set(adapter, cors);
    return cors;
  }

  /** Runs the CORS middleware of the application, or only calls `next` if the application has none. */
  apply(request: IncomingMessage, response: object, next: Next): void {
    if (this.middleware) this.middleware(request, response, next);
    else next();
  }

  /** Catches the middleware: it is what `enableCors()` passes to `use()`. */
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
