/** What `setTimeout()` and `setInterval()` give while the clock is a fake one. It never keeps the process alive. */
export class FakeTimer {
  constructor(
    private readonly queue: TimerQueue,
    readonly run: () => void,
    /** Milliseconds. */
    readonly delay: number,
    readonly repeats: boolean,
  ) {
    this.refresh();
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return false;
  }

  refresh(): this {
    this.queue.add(this);
    return this;
  }

  close(): this {
    this.queue.remove(this);
    return this;
  }

  [Symbol.dispose](): void {
    this.queue.remove(this);
  }
}

/** Timers that wait for their time, which comes when somebody says so. */
export class TimerQueue {
  /** By the time that each is due at; in the order of their setting. */
  private readonly due = new Map<FakeTimer, number>();
  private readonly watchers = new Set<() => void>();

  /** @param now the time at the beginning, in milliseconds. */
  constructor(public now: number) {}

  add(timer: FakeTimer): void {
    this.due.delete(timer);
    this.due.set(timer, this.now + timer.delay);
    for (const look of this.watchers) look();
  }

  remove(timer: FakeTimer): void {
    this.due.delete(timer);
  }

  /** Runs the first timer that is due until then, at its time; false where there is none. */
  runNext(until: number): boolean {
    const first = [...this.due].reduce<[FakeTimer, number] | undefined>(
      (best, one) => (best === undefined || one[1] < best[1] ? one : best),
      undefined,
    );
    if (first === undefined || first[1] > until) return false;
    const [timer, time] = first;
    this.now = time;
    if (timer.repeats) this.add(timer);
    else this.remove(timer);
    timer.run();
    return true;
  }

  /** Resolves once a timer of just this length is waiting. */
  async untilSet(delay: number): Promise<void> {
    const isSet = (): boolean => [...this.due.keys()].some((timer) => timer.delay === delay);
    if (isSet()) return;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!isSet()) return;
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
    });
  }
}
