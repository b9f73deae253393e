import { Inject, Injectable } from '@nestjs/common';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { Drain } from '../session/drain.js';
import { BackplaneListener } from '../session/backplane-listener.js';
import { HttpGate } from '../transports/http/gates/http-gate.js';

/**
 * Shuts one server down: first its calls and streams, then the reading of requests, and last its connection
 * to the backplane.
 */
@Injectable()
export class ServerShutdown {
  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly drain: Drain,
    private readonly gate: HttpGate,
    private readonly listener: BackplaneListener,
  ) {}

  async shutDown(): Promise<void> {
    try {
      await this.drain.drainCalls(this.settings.drainMs);
    } finally {
      this.gate.stop();
      await this.listener.leave();
    }
  }

  /** Aborts the calls that {@link shutDown} is waiting for. */
  cutCalls(): void {
    this.drain.cutCalls();
  }
}
