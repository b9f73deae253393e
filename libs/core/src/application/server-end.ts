import { Inject, Injectable } from '@nestjs/common';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { Drain } from '../session/drain.js';
import { NodeInbox } from '../session/node-inbox.js';
import { HttpGate } from '../transports/http/gates/http-gate.js';

/** How one server ends: its calls and streams first, what takes in requests next, and its place among the nodes last. */
@Injectable()
export class ServerEnd {
  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly drain: Drain,
    private readonly gate: HttpGate,
    private readonly inbox: NodeInbox,
  ) {}

  async run(): Promise<void> {
    try {
      await this.drain.run(this.settings.drainMs);
    } finally {
      this.gate.stop();
      await this.inbox.leave();
    }
  }

  /** Cuts the calls that {@link run} waits for now. */
  hurry(): void {
    this.drain.hurry();
  }
}
