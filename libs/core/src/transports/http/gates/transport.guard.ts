import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  type OnModuleInit,
  Scope,
  type Type,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { UnknownElementException } from '@nestjs/core/errors/exceptions/unknown-element.exception.js';
import { contextIdOf } from '../../../execution/context/call-context-id.js';
import { verdictOf } from '../../../execution/guards/guard-verdict.js';
import type { McpSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../../interfaces/mcp.tokens.js';

/** Returns the guard of a request: one instance for all requests, or one for each. */
type GuardOf = (request: object) => CanActivate | Promise<CanActivate>;

/**
 * Runs the guards of `forRoot({ guards })` on every route of the transports, after the application's global
 * guards.
 */
@Injectable()
export class TransportGuard implements CanActivate, OnModuleInit {
  private guards: readonly GuardOf[] = [];

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly moduleRef: ModuleRef,
  ) {}

  async onModuleInit(): Promise<void> {
    this.guards = await Promise.all(this.settings.guards.map((guard) => this.resolved(guard)));
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    for (const guardOf of this.guards) {
      const guard = await guardOf(context.switchToHttp().getRequest<object>());
      if (!(await verdictOf(guard, context))) return false;
    }
    return true;
  }

  /**
   * Uses the application's instance of a guard that the application provides, in the scope of the provider.
   * Creates an instance of any other class.
   */
  private async resolved(guard: Type<CanActivate> | CanActivate): Promise<GuardOf> {
    if (typeof guard !== 'function') return () => guard;
    const scope = this.scopeOf(guard);
    if (scope === Scope.REQUEST)
      return (request) =>
        this.moduleRef.resolve(guard, contextIdOf(request, this.moduleRef), { strict: false });
    const instance = await this.instanceOf(guard, scope);
    return () => instance;
  }

  private async instanceOf(
    guard: Type<CanActivate>,
    scope: Scope | undefined,
  ): Promise<CanActivate> {
    if (scope === undefined) return this.moduleRef.create(guard);
    if (scope === Scope.DEFAULT) return this.moduleRef.get(guard, { strict: false });
    return this.moduleRef.resolve(guard, undefined, { strict: false });
  }

  /** The scope of the provider; undefined if the application does not provide the guard. */
  private scopeOf(guard: Type<CanActivate>): Scope | undefined {
    try {
      return this.moduleRef.introspect(guard).scope;
    } catch (error) {
      if (error instanceof UnknownElementException) return undefined;
      throw error;
    }
  }
}
