/** How long a call may take. */
export interface DeadlineLimits {
  /** Milliseconds from the start, and again from each progress; 0 for no limit. */
  readonly timeoutMs: number;
  /** Milliseconds that progress can never extend a call beyond. */
  readonly maximumMs: number;
}

/** The time limit of one call. Progress shows that it is alive, and extends it up to the maximum. */
export class CallDeadline {
  private timer: NodeJS.Timeout | undefined;
  private readonly latest: number;

  constructor(
    private readonly limits: DeadlineLimits,
    private readonly onExpired: () => void,
  ) {
    this.latest = Date.now() + Math.max(limits.maximumMs, limits.timeoutMs);
    if (limits.timeoutMs > 0) this.arm(limits.timeoutMs);
  }

  extend(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.arm(Math.min(this.limits.timeoutMs, this.latest - Date.now()));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private arm(milliseconds: number): void {
    this.timer = setTimeout(this.onExpired, Math.max(0, milliseconds));
  }
}
