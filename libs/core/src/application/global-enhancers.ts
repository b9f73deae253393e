import { type CanActivate, Injectable } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { ServerDirectory } from '../discovery/server-directory.js';
import { anyOf } from '../transports/any-of.js';
import { OnceGuard } from '../transports/http/gates/once.guard.js';
import { TransportInterceptor } from '../transports/http/gates/transport.interceptor.js';

/**
 * Changes the application's global guards and interceptors after all of them are known and before Nest
 * creates the routes.
 */
@Injectable()
export class GlobalEnhancers {
  constructor(
    private readonly config: ApplicationConfig,
    private readonly interceptor: TransportInterceptor,
    private readonly directory: ServerDirectory,
  ) {}

  arrange(): void {
    this.placeInterceptorFirst();
    this.wrapGuardsThatRunOnce();
    for (const server of this.directory.servers) server.settle();
  }

  private placeInterceptorFirst(): void {
    const interceptors = this.config.getGlobalInterceptors();
    const scoped = this.config.getGlobalRequestInterceptors();
    if (interceptors.length + scoped.length > 0) interceptors.unshift(this.interceptor);
  }

  private wrapGuardsThatRunOnce(): void {
    const guards = this.config.getGlobalGuards();
    for (const [index, guard] of guards.entries()) guards[index] = this.wrapped(guard);
  }

  /**
   * Wraps a guard that some servers name in `once`. Only calls on these servers skip it on the route. On
   * other servers it runs on the route and on the tool.
   */
  private wrapped(guard: CanActivate): CanActivate {
    const naming = this.directory.servers.filter(({ settings }) =>
      settings.once.some((type) => guard instanceof type),
    );
    if (naming.length === 0) return guard;
    return new OnceGuard(guard, (exchange) =>
      anyOf(naming.map((server) => server.isGuardedCall(exchange))),
    );
  }
}
