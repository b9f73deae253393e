import { type Deadline, deadlines } from '../../runtime/deadlines.js';

/** Throws out what is over, now and then, as long as there is anything to throw out: one timer for all of it. */
export class Sweeper {
  private next: Deadline | undefined;

  /** @param sweep throws out, and tells whether anything is left to come back for */
  constructor(
    private readonly everyMs: number,
    private readonly sweep: () => boolean,
  ) {}

  /** To be called when there is something that will be over one day. */
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
