import { McpContext, McpTool, McpToolType } from '@nestmcp/core';
import { ClockClientService } from './clock-client.service.js';

@McpToolType()
export class ClockTools {
  constructor(private readonly clock: ClockClientService) {}

  @McpTool({ description: 'Tell the time of the server, in UTC', readOnly: true })
  currentTime(ctx: McpContext): Promise<string> {
    return this.clock.now(ctx.signal);
  }
}
