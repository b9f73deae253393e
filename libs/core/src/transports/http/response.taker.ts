import { Inject, Injectable } from '@nestjs/common';
import type { McpSettings } from '../../interfaces/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { OpenStreams } from '../../session/open-streams.js';
import { pendingLimit } from './bound-pending.js';
import { TakenResponse } from './taken-response.js';

/** Takes responses over from the framework, and has the server wait at its end until they are out. */
@Injectable()
export class ResponseTaker {
  private readonly pendingBytes: number;

  constructor(
    @Inject(MCP_SETTINGS) { limits }: McpSettings,
    private readonly streams: OpenStreams,
  ) {
    this.pendingBytes = pendingLimit(limits.resultBytes);
  }

  /** `end` is what the server does with it at its end. Default: it waits for what is on its way. */
  take(
    response: object,
    end: (taken: TakenResponse) => Promise<void> = (taken) => taken.over(),
  ): TakenResponse {
    const taken = new TakenResponse(response, this.pendingBytes);
    const leave = this.streams.add({ end: () => end(taken) });
    taken.onClose(() => leave());
    return taken;
  }
}
