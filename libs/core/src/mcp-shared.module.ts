import { Module, type NestModule, type OnModuleDestroy } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ProviderAssignment } from './discovery/provider-assignment.js';
import { ServerDirectory } from './discovery/server-directory.js';
import { UnservedDecorators } from './discovery/unserved-decorators.js';
import { LazyModules } from './application/lazy-modules.js';
import { BootCheck } from './application/boot-check.js';
import { GlobalEnhancers } from './application/global-enhancers.js';
import { BodyQuota } from './transports/http/quotas/body-quota.js';
import { EarlyAnswers } from './transports/http/responses/early-answers.js';
import { UnusedConnections } from './transports/http/responses/unused-connections.js';
import { findClassTransformer } from './schema/class-validator/metadata/class-transformer-copy.js';
import { TransportInterceptor } from './transports/http/gates/transport.interceptor.js';
import { ApplicationShutdown } from './application/application-shutdown.js';

/** What an application has once, for all its servers. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: findClassTransformer, useFactory: () => findClassTransformer() },
    ServerDirectory,
    ProviderAssignment,
    UnservedDecorators,
    LazyModules,
    BootCheck,
    TransportInterceptor,
    GlobalEnhancers,
    ApplicationShutdown,
    UnusedConnections,
    EarlyAnswers,
    BodyQuota,
  ],
  exports: [EarlyAnswers, BodyQuota, ServerDirectory, BootCheck, TransportInterceptor],
})
export class McpSharedModule implements NestModule, OnModuleDestroy {
  constructor(
    private readonly enhancers: GlobalEnhancers,
    private readonly shutdown: ApplicationShutdown,
  ) {}

  /** Nest calls this after the last `useGlobalGuards()` and before it makes any route. */
  configure(): void {
    this.enhancers.arrange();
  }

  async onModuleDestroy(): Promise<void> {
    await this.shutdown.drain();
  }
}
