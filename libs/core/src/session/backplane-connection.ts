import { Inject, Injectable } from '@nestjs/common';
import type { JointBackplane } from '../backplane/joint-backplane.js';
import type {
  Backplane,
  BackplaneHandlers,
  NodeId,
} from '../interfaces/backplane/backplane.interface.js';
import { MCP_BACKPLANE } from '../interfaces/mcp.tokens.js';

/**
 * Connects this server to the other nodes through the backplane. If the backplane fails, that is logged once, until
 * it answers again.
 */
@Injectable()
export class BackplaneConnection {
  private hasLeft = false;

  constructor(@Inject(MCP_BACKPLANE) private readonly joint: JointBackplane) {}

  get nodeId(): NodeId {
    return this.joint.plane.nodeId;
  }

  async join(handlers: BackplaneHandlers): Promise<void> {
    await this.joint.join(handlers, (error) => this.joint.failed(error));
  }

  /** Unsubscribes the handlers for good. A backplane that does not stop must not prevent the shutdown. */
  async leave(handlers: BackplaneHandlers): Promise<void> {
    this.hasLeft = true;
    try {
      await this.joint.leave(handlers);
    } catch (error) {
      this.joint.failed(error);
    }
  }

  /**
   * Asks the backplane for something that the caller cannot do without.
   * @throws BackplaneUnavailableError when the backplane fails or does not answer.
   */
  async ask<Result>(act: (plane: Backplane) => Promise<Result>): Promise<Result> {
    try {
      const result = await act(this.joint.plane);
      this.joint.answered();
      return result;
    } catch (error) {
      // A request that was still running when this node left is not a failure.
      if (!this.hasLeft) this.joint.failed(error);
      throw error;
    }
  }

  /** Updates the backplane. If that fails, it resolves to undefined, and this process goes on with what it has. */
  async attempt<Result>(act: (plane: Backplane) => Promise<Result>): Promise<Result | undefined> {
    if (this.hasLeft) return undefined;
    try {
      return await this.ask(act);
    } catch {
      return undefined;
    }
  }
}
