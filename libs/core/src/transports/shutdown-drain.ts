import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { McpSettings } from '../interfaces/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { HttpGate } from './http/http-gate.js';
import { SessionNodes } from '../session/session-nodes.js';
import { Drain } from '../session/drain.js';

/**
 * Ends the server's work before the application takes down what tools use: Nest 12 awaits the adapter's
 * `beforeClose()` ahead of every `onModuleDestroy()`. Where there is none (Nest 11), the module's own
 * `onModuleDestroy()` drains, beside those of the application.
 */
@Injectable()
export class ShutdownDrain {
  private drained: Promise<void> | undefined;

  constructor(
    host: HttpAdapterHost,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly end: Drain,
    private readonly gate: HttpGate,
    private readonly nodes: SessionNodes,
  ) {
    host.init$.subscribe(() => this.drainBeforeClose(host.httpAdapter));
  }

  private drainBeforeClose(adapter: { beforeClose?(): unknown }): void {
    if (!adapter.beforeClose) return;
    const beforeClose = adapter.beforeClose.bind(adapter);
    adapter.beforeClose = async () => {
      await beforeClose();
      await this.drain();
    };
  }

  /** Waits for running calls, and ends every stream; once, however often it is called. */
  drain(): Promise<void> {
    this.drained ??= this.ended();
    return this.drained;
  }

  private async ended(): Promise<void> {
    try {
      await this.end.run(this.settings.drainMs);
    } finally {
      this.gate.stop();
      await this.nodes.leave();
    }
  }
}
