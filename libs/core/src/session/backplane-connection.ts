import { Inject, Injectable } from '@nestjs/common';
import type { JointBackplane } from '../backplane/joint-backplane.js';
import type {
  Backplane,
  BackplaneHandlers,
  NodeId,
} from '../interfaces/backplane/backplane.interface.js';
import { MCP_BACKPLANE } from '../interfaces/mcp.tokens.js';

/** This process among the others. When they cannot be reached, that is logged once, until they answer again. */
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

  /** From now on nobody is told anything. A backplane that does not let go is no reason not to shut down. */
  async leave(handlers: BackplaneHandlers): Promise<void> {
    this.hasLeft = true;
    try {
      await this.joint.leave(handlers);
    } catch (error) {
      this.joint.failed(error);
    }
  }

  /** Asks the backplane for what is needed to go on. @throws BackplaneUnavailableError */
  async ask<Result>(act: (plane: Backplane) => Promise<Result>): Promise<Result> {
    try {
      const result = await act(this.joint.plane);
      this.joint.answered();
      return result;
    } catch (error) {
      // What was on its way when this node left is nobody's failure.
      if (!this.hasLeft) this.joint.failed(error);
      throw error;
    }
  }

  /** Tells the backplane what others should know; when that fails, this process goes on with what it has. */
  async attempt<Result>(act: (plane: Backplane) => Promise<Result>): Promise<Result | undefined> {
    if (this.hasLeft) return undefined;
    try {
      return await this.ask(act);
    } catch {
      return undefined;
    }
  }
}
