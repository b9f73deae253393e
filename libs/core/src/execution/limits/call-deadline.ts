import { type Deadline, deadlines } from '../../runtime/deadlines.js';

/** The time limits of a call. */
export interface DeadlineLimits {
  /** The limit from the start, and again from each progress report, in milliseconds; 0 for no limit. */
  readonly timeoutMs: number;
  /** The limit that progress cannot extend, in milliseconds from the start. Has no effect below `timeoutMs`. */
  readonly maximumMs: number;
}

/** The deadline of one call. Progress extends it, up to the maximum. */
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
