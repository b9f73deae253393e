import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { onHttpAdapter } from '../execution/context/on-http-adapter.js';
import { ServerDirectory } from '../discovery/server-directory.js';
import { EarlyAnswers } from '../transports/http/responses/early-answers.js';
import { UnusedConnections } from '../transports/http/responses/unused-connections.js';

/**
 * Drains all servers at the same time, before the application destroys what tools use. Nest 12 awaits the
 * adapter's `beforeClose()` before any `onModuleDestroy()`. On Nest 11, which does not have it, the module's
 * `onModuleDestroy()` drains, at the same time as that of the application's modules. `runStdio()` drains
 * before it closes the application.
 */
@Injectable()
export class ApplicationShutdown {
  private drained: Promise<void> | undefined;

  constructor(
    host: HttpAdapterHost,
    private readonly directory: ServerDirectory,
    private readonly unused: UnusedConnections,
    private readonly early: EarlyAnswers,
  ) {
    onHttpAdapter(host, (adapter) => this.drainBeforeClose(adapter));
  }

  /** Aborts the calls that {@link drain} is waiting for. */
  cutCalls(): void {
    for (const server of this.directory.servers) server.cutCalls();
  }

  private async drainAll(): Promise<void> {
    this.early.endAll();
    await Promise.all(this.directory.servers.map((server) => server.drain()));
    this.unused.end();
  }

  private drainBeforeClose(adapter: { beforeClose?(): unknown }): void {
    if (!adapter.beforeClose) return;
    const beforeClose = adapter.beforeClose.bind(adapter);
    adapter.beforeClose = async () => {
      await beforeClose();
      await this.drain();
    };
  }

  /** Waits for running calls and ends all streams. Later calls wait for the same drain. */
  async drain(): Promise<void> {
    this.drained ??= this.drainAll();
    await this.drained;
  }
}
