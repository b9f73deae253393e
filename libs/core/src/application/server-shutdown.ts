import { Inject, Injectable } from '@nestjs/common';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { Drain } from '../session/drain.js';
import { BackplaneListener } from '../session/backplane-listener.js';
import { HttpGate } from '../transports/http/gates/http-gate.js';

/** How one server ends: its calls and streams first, what takes in requests next, and its place among the nodes last. */
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

  /** Cuts the calls that {@link shutDown} waits for now. */
  cutCalls(): void {
    this.drain.cutCalls();
  }
}
