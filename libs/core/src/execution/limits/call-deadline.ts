import { type Deadline, deadlines } from '../../runtime/deadlines.js';

/** How long a call may take. */
export interface DeadlineLimits {
  /** Milliseconds from the start, and again from each progress; 0 for no limit. */
  readonly timeoutMs: number;
  /** Milliseconds that progress can never extend a call beyond. */
  readonly maximumMs: number;
}

/** The time limit of one call. Progress shows that it is alive, and extends it up to the maximum. */
export class CallDeadline {
  private readonly deadline: Deadline | undefined;
  private readonly latest: number;

  constructor(
    private readonly limits: DeadlineLimits,
    onExpired: () => void,
  ) {
    this.latest = deadlines.now() + Math.max(limits.maximumMs, limits.timeoutMs);
    if (limits.timeoutMs > 0) this.deadline = deadlines.after(limits.timeoutMs, onExpired);
  }

  extend(): void {
    if (this.deadline?.isOver !== false) return;
    this.deadline.restart(Math.min(this.limits.timeoutMs, this.latest - deadlines.now()));
  }

  stop(): void {
    this.deadline?.stop();
  }
}
