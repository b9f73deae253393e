const MILLISECONDS = 1_000;

/** Lets so many things a second pass, and as many at once after a pause. */
export class TokenBucket {
  private tokens: number;
  private filledAt = performance.now();

  constructor(private readonly perSecond: number) {
    this.tokens = perSecond;
  }

  /** Tells whether one more may pass now, and counts it. */
  take(): boolean {
    const now = performance.now();
    const gained = ((now - this.filledAt) / MILLISECONDS) * this.perSecond;
    this.tokens = Math.min(this.perSecond, this.tokens + gained);
    this.filledAt = now;
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }

  /** Milliseconds until one more may pass; above 0. */
  get pauseMs(): number {
    return Math.max(1, Math.ceil(((1 - this.tokens) / this.perSecond) * MILLISECONDS));
  }
}
