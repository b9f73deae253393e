import { Injectable } from '@nestjs/common';
import { StreamableHttpTransport } from '../transports/streamable-http/streamable-http-transport.js';
import { SseTransport } from '../transports/sse/sse-transport.js';

/** Where this server can be reached, for whoever has to tell others: health checks, pages, test clients. */
@Injectable()
export class McpEndpoints {
  constructor(
    private readonly sse: SseTransport,
    private readonly streamableHttp: StreamableHttpTransport,
  ) {}

  /**
   * Path of the Streamable HTTP endpoint, global prefix included; with `:id` where it has a parameter.
   * @throws Error when the transport is switched off.
   */
  get mcpPath(): string {
    const path = this.streamableHttp.fullPath;
    if (path === undefined)
      throw new Error('The Streamable HTTP transport of this server is switched off');
    return path;
  }

  /**
   * Path of the event stream, global prefix included; with `:id` where it has a parameter.
   * @throws Error when the SSE transport is switched off.
   */
  get ssePath(): string {
    const path = this.sse.fullPath;
    if (path === undefined) throw new Error('The SSE transport of this server is switched off');
    return path;
  }
}
