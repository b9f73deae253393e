import { Injectable } from '@nestjs/common';
import { StreamableHttpTransport } from '../transports/streamable-http/streamable-http-transport.js';
import { SseTransport } from '../transports/sse/sse-transport.js';

/** The paths of this server, for health checks, pages and test clients. */
@Injectable()
export class McpEndpoints {
  constructor(
    private readonly sse: SseTransport,
    private readonly streamableHttp: StreamableHttpTransport,
  ) {}

  /**
   * Path of the Streamable HTTP endpoint, with the global prefix. Path parameters appear as `:id`.
   * @throws Error when the transport is off
   */
  get mcpPath(): string {
    const path = this.streamableHttp.fullPath;
    if (path === undefined)
      throw new Error('The Streamable HTTP transport of this server is switched off');
    return path;
  }

  /**
   * Path of the event stream, with the global prefix. Path parameters appear as `:id`.
   * @throws Error when the SSE transport is off
   */
  get ssePath(): string {
    const path = this.sse.fullPath;
    if (path === undefined) throw new Error('The SSE transport of this server is switched off');
    return path;
  }
}
