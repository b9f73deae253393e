import { Injectable } from '@nestjs/common';
import { StartupLog } from './startup-log.js';
import { StdioTransport } from '../transports/stdio/stdio-transport.js';
import type { StdioPipes } from '../transports/stdio/stdio-pipes.js';

/** One server over stdio. {@link runStdio} looks it up in the application. */
@Injectable()
export class StdioServer {
  constructor(
    private readonly transport: StdioTransport,
    private readonly log: StartupLog,
  ) {}

  /** Logs what is served, and serves it; see {@link StdioTransport.serve}. */
  serve(pipes: StdioPipes, stopping: AbortSignal, drain: () => Promise<void>): Promise<void> {
    this.log.logServer(['stdio']);
    return this.transport.serve(pipes, stopping, drain);
  }
}
