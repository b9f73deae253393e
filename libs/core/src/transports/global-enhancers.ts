import { Inject, Injectable } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { EnhancerFinder } from '../execution/enhancer-finder.js';
import type { McpSettings } from '../interfaces/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { ToolReach } from './tool-reach.js';
import { OnceGuard } from './http/once.guard.js';
import { TransportInterceptor } from './http/transport.interceptor.js';

/** What has to be done to the application's global enhancers, when all are known and no route is made yet. */
@Injectable()
export class GlobalEnhancers {
  constructor(
    private readonly config: ApplicationConfig,
    private readonly interceptor: TransportInterceptor,
    private readonly reach: ToolReach,
    private readonly finder: EnhancerFinder,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {}

  arrange(): void {
    this.placeInterceptorFirst();
    this.wrapGuardsThatRunOnce();
    this.finder.settle();
  }

  private placeInterceptorFirst(): void {
    const interceptors = this.config.getGlobalInterceptors();
    const scoped = this.config.getGlobalRequestInterceptors();
    if (interceptors.length + scoped.length > 0) interceptors.unshift(this.interceptor);
  }

  private wrapGuardsThatRunOnce(): void {
    const guards = this.config.getGlobalGuards();
    for (const [index, guard] of guards.entries())
      if (this.settings.once.some((type) => guard instanceof type))
        guards[index] = new OnceGuard(guard, (exchange) => this.reach.reaches(exchange));
  }
}
