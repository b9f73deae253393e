/** Throws out what is over, now and then, as long as there is anything to throw out: one timer for all of it. */
export class Sweeper {
  private timer: NodeJS.Timeout | undefined;

  /** @param sweep throws out, and tells whether anything is left to come back for */
  constructor(
    private readonly everyMs: number,
    private readonly sweep: () => boolean,
  ) {}

  /** To be called when there is something that will be over one day. */
  wake(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.sweep()) this.wake();
    }, this.everyMs).unref();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
