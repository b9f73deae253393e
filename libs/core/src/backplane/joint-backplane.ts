import type { Backplane, BackplaneHandlers } from '../interfaces/backplane/backplane.interface.js';
import { BACKPLANE_ANSWERS, BACKPLANE_DEGRADED } from '../messages/log.messages.js';
import { McpLogger } from '../runtime/mcp-logger.js';
import { thrownMessage } from '../runtime/thrown-text.js';
import { carefulHandlers } from './careful-handlers.js';
import { DeadlinedBackplane } from './deadlined-backplane.js';

const logger = new McpLogger();
const joints = new WeakMap<Backplane, JointBackplane>();

/**
 * One backplane for all servers of an application that use it. It is started with the first server and stopped with
 * the last.
 */
export class JointBackplane {
  readonly plane: Backplane;
  private readonly subscribers = new Set<BackplaneHandlers>();
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
   * Subscribes the handlers to everything that arrives from now on, each message once. Each server selects its own
   * messages. `onFailure` receives the errors of messages that cannot be handled.
   * @throws BackplaneUnavailableError when the backplane does not start.
   */
  async join(handlers: BackplaneHandlers, onFailure: (error: unknown) => void): Promise<void> {
    this.subscribers.add(handlers);
    this.started ??= this.plane.start(
      carefulHandlers(
        {
          onEnvelope: (envelope) => this.each((subscriber) => subscriber.onEnvelope(envelope)),
          onBus: (event, origin) => this.each((subscriber) => subscriber.onBus(event, origin)),
          onGap: (reason) => this.each((subscriber) => subscriber.onGap(reason)),
        },
        onFailure,
      ),
    );
    await this.started;
  }

  async leave(handlers: BackplaneHandlers): Promise<void> {
    this.subscribers.delete(handlers);
    if (this.subscribers.size === 0) await this.plane.stop();
  }

  /** Call this when the backplane has answered. After a failure, that is logged. */
  answered(): void {
    if (!this.isFailing) return;
    this.isFailing = false;
    logger.log(BACKPLANE_ANSWERS);
  }

  /** Call this when the backplane has failed. That is logged once, until it answers again. */
  failed(error: unknown): void {
    if (!this.isFailing) logger.warn(BACKPLANE_DEGRADED(thrownMessage(error)));
    this.isFailing = true;
  }

  private each(notify: (subscriber: BackplaneHandlers) => void): void {
    for (const subscriber of this.subscribers) notify(subscriber);
  }
}
