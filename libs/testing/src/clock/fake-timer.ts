/** The timer that `setTimeout()` and `setInterval()` return while the clock is faked. It never keeps the process alive. */
export class FakeTimer {
  constructor(
    private readonly queue: TimerQueue,
    readonly run: () => void,
    /** In milliseconds. */
    readonly delay: number,
    readonly repeats: boolean,
    /** Whether several deadlines share the timer, so that its delay does not belong to one of them. */
    readonly isShared = false,
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

/** The timers of a fake clock, which fire when the test advances it. */
export class TimerQueue {
  /** The time at which each timer is due, in the order in which the timers were set. */
  private readonly due = new Map<FakeTimer, number>();
  private readonly watchers = new Set<() => void>();
  /** Each returns whether a deadline of exactly that delay is waiting on a shared timer. */
  private readonly others: ((delay: number) => boolean)[] = [];

  /** @param now the initial time, in milliseconds */
  constructor(public now: number) {}

  add(timer: FakeTimer): void {
    this.due.delete(timer);
    this.due.set(timer, this.now + timer.delay);
    this.look();
  }

  /** Adds deadlines on a shared timer to {@link untilSet}. Call the returned function when such a deadline begins. */
  join(isWaiting: (delay: number) => boolean): () => void {
    this.others.push(isWaiting);
    return () => this.look();
  }

  remove(timer: FakeTimer): void {
    this.due.delete(timer);
  }

  /** Runs the first timer that is due by `until`, at its time. Returns false if there is none. */
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

  /** Resolves when a timer or a deadline of exactly this delay is waiting. */
  async untilSet(delay: number): Promise<void> {
    const isSet = (): boolean =>
      [...this.due.keys()].some((timer) => !timer.isShared && timer.delay === delay) ||
      this.others.some((isWaiting) => isWaiting(delay));
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

  private look(): void {
    for (const look of this.watchers) look();
  }
}
