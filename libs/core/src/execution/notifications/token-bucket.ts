const MILLISECONDS = 1_000;

/** Limits a rate: `perSecond` events may pass in a second, and as many at once after a pause. */
export class TokenBucket {
  private tokens: number;
  private filledAt = performance.now();

  constructor(private readonly perSecond: number) {
    this.tokens = perSecond;
  }

  /** Returns whether one more event may pass now, and counts it if so. */
  take(): boolean {
    const now = performance.now();
    const gained = ((now - this.filledAt) / MILLISECONDS) * this.perSecond;
    this.tokens = Math.min(this.perSecond, this.tokens + gained);
    this.filledAt = now;
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }

  /** The time until the next event may pass, in milliseconds; at least 1. */
  get pauseMs(): number {
    return Math.max(1, Math.ceil(((1 - this.tokens) / this.perSecond) * MILLISECONDS));
  }
}
