import { type Deadline, deadlines } from '../../runtime/deadlines.js';

/** Runs a sweep from time to time while anything may expire, with one timer. */
export class Sweeper {
  private next: Deadline | undefined;

  /** @param sweep drops what has expired, and returns whether anything else may expire */
  constructor(
    private readonly everyMs: number,
    private readonly sweep: () => boolean,
  ) {}

  /** Call this when something has been added that will expire. */
  wake(): void {
    if (this.next?.isOver === false) return;
    this.next = deadlines
      .after(this.everyMs, () => {
        if (this.sweep()) this.wake();
      })
      .unref();
  }

  stop(): void {
    this.next?.stop();
  }
}
