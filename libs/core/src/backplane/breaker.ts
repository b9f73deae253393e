import { BACKPLANE_NOT_ANSWERING } from '../messages/backplane.messages.js';
import { type Deadline, deadlines } from '../runtime/deadlines.js';
import { BackplaneUnavailableError } from './backplane-unavailable.error.js';

/** Milliseconds between two probes. */
const PROBE_AFTER_MS = 1_000;

/**
 * Fails calls at once while an engine does not answer. The first call that misses its deadline opens the breaker and
 * fails all other calls that wait. Probes close it when the engine answers again, so that no call has to wait to find
 * out.
 */
export class Breaker {
  private readonly waiting = new Set<(reason: BackplaneUnavailableError) => void>();
  private next: Deadline | undefined;
  private isStopped = false;

  /**
   * @param probe asks the engine for something small, and rejects when it does not answer before the deadline
   * @param onClose called when the engine has answered
   */
  constructor(
    private readonly probe: () => Promise<unknown>,
    private readonly onClose: () => void,
  ) {}

  get isOpen(): boolean {
    return this.next !== undefined;
  }

  /** @throws BackplaneUnavailableError while the breaker is open. */
  check(asked: string): void {
    if (this.isOpen) throw notAnswering(asked);
  }

  /** Calls `giveUp` when the call need not wait any longer. Call the returned function when the call has ended. */
  enter(giveUp: (reason: BackplaneUnavailableError) => void): () => void {
    this.waiting.add(giveUp);
    return () => void this.waiting.delete(giveUp);
  }

  /** Call this when a call has missed its deadline. */
  open(asked: string): void {
    if (this.isOpen || this.isStopped) return;
    this.next = deadlines.after(PROBE_AFTER_MS, () => this.look()).unref();
    for (const giveUp of this.waiting) giveUp(notAnswering(asked));
  }

  /** Stops the probes. */
  stop(): void {
    this.isStopped = true;
    this.next?.stop();
  }

  private async look(): Promise<void> {
    try {
      await this.probe();
    } catch {
      if (!this.isStopped) this.next?.restart();
      return;
    }
    this.next = undefined;
    if (!this.isStopped) this.onClose();
  }
}

function notAnswering(asked: string): BackplaneUnavailableError {
  return new BackplaneUnavailableError(BACKPLANE_NOT_ANSWERING(asked));
}
