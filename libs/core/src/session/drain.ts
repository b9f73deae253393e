import { Injectable } from '@nestjs/common';
import { DRAIN_CUT } from '../messages/log.messages.js';
import { SHUTTING_DOWN } from '../messages/refusal.messages.js';
import { errorMessage } from '../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../protocol/json-rpc-error-code.js';
import { LiveCalls } from './live-calls.js';
import { OpenStreams } from './open-streams.js';
import { McpLogger } from '../runtime/mcp-logger.js';

/** Drains a server on shutdown: running calls may finish, then every stream is ended. */
@Injectable()
export class Drain {
  private readonly logger = new McpLogger();
  private begun = false;
  private ended = false;

  constructor(
    private readonly calls: LiveCalls,
    private readonly streams: OpenStreams,
  ) {}

  /** True once the application shuts down. From then on no new client is admitted. */
  get hasBegun(): boolean {
    return this.begun;
  }

  /**
   * True once the drain is over. From then on no call may run, because the application destroys the providers that
   * tools use.
   */
  get hasEnded(): boolean {
    return this.ended;
  }

  /**
   * Admits no new client, waits for running calls, cuts off those that take longer than `milliseconds`, and ends
   * every stream.
   */
  async drainCalls(milliseconds: number): Promise<void> {
    this.begun = true;
    await this.calls.quiet(milliseconds);
    this.ended = true;
    if (this.calls.size + this.calls.waiting > 0) this.cut();
    await this.streams.endAll();
  }

  /** Cuts off the calls that {@link drainCalls} is waiting for. */
  cutCalls(): void {
    this.calls.stopWaiting();
  }

  private cut(): void {
    this.logger.warn(DRAIN_CUT(this.calls.size, this.calls.waiting));
    const code = JsonRpcErrorCode.InternalError;
    this.calls.cut(
      ({ id }) => errorMessage(id, code, SHUTTING_DOWN),
      code,
      new Error(SHUTTING_DOWN),
    );
  }
}
