import type { Backplane, BackplaneHandlers } from '../interfaces/backplane/backplane.interface.js';
import { BACKPLANE_ANSWERS, BACKPLANE_DEGRADED } from '../messages/log.messages.js';
import { McpLogger } from '../runtime/mcp-logger.js';
import { thrownMessage } from '../runtime/thrown-text.js';
import { carefulHandlers } from './careful-handlers.js';
import { DeadlinedBackplane } from './deadlined-backplane.js';

const logger = new McpLogger();
const joints = new WeakMap<Backplane, JointBackplane>();

/** One backplane for all servers of an application that were given it: started with the first, stopped with the last. */
export class JointBackplane {
  readonly plane: Backplane;
  private readonly members = new Set<BackplaneHandlers>();
  private started: Promise<void> | undefined;
  private isFailing = false;

  private constructor(adapter: Backplane) {
    this.plane = new DeadlinedBackplane(adapter, { onRecovery: () => this.answered() });
  }

  static of(adapter: Backplane): JointBackplane {
    const joint = joints.get(adapter) ?? new JointBackplane(adapter);
    joints.set(adapter, joint);
    return joint;
  }

  /**
   * Gets everything that comes in from now on, once; each server picks what is its own. `onFailure` is told of
   * what cannot be taken.
   * @throws BackplaneUnavailableError when the backplane cannot be reached.
   */
  async join(handlers: BackplaneHandlers, onFailure: (error: unknown) => void): Promise<void> {
    this.members.add(handlers);
    this.started ??= this.plane.start(
      carefulHandlers(
        {
          onEnvelope: (envelope) => this.each((member) => member.onEnvelope(envelope)),
          onBus: (event, origin) => this.each((member) => member.onBus(event, origin)),
          onGap: (reason) => this.each((member) => member.onGap(reason)),
        },
        onFailure,
      ),
    );
    await this.started;
  }

  async leave(handlers: BackplaneHandlers): Promise<void> {
    this.members.delete(handlers);
    if (this.members.size === 0) await this.plane.stop();
  }

  /** The backplane has answered: after a failure, that is logged. */
  answered(): void {
    if (!this.isFailing) return;
    this.isFailing = false;
    logger.log(BACKPLANE_ANSWERS);
  }

  /** The backplane has failed: that is logged once, until it answers again. */
  failed(error: unknown): void {
    if (!this.isFailing) logger.warn(BACKPLANE_DEGRADED(thrownMessage(error)));
    this.isFailing = true;
  }

  private each(tell: (member: BackplaneHandlers) => void): void {
    for (const member of this.members) tell(member);
  }
}
