/** What `setTimeout()` and `setInterval()` give while the clock is a fake one. It never keeps the process alive. */
export class FakeTimer {
  constructor(
    private readonly queue: TimerQueue,
    readonly run: () => void,
    /** Milliseconds. */
    readonly delay: number,
    readonly repeats: boolean,
    /** True where it serves many, so that its delay is that of none of them. */
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

/** Timers that wait for their time, which comes when somebody says so. */
export class TimerQueue {
  /** By the time that each is due at; in the order of their setting. */
  private readonly due = new Map<FakeTimer, number>();
  private readonly watchers = new Set<() => void>();
  /** Each tells whether something of just that delay waits without a timer of its own. */
  private readonly others: ((delay: number) => boolean)[] = [];

  /** @param now the time at the beginning, in milliseconds. */
  constructor(public now: number) {}

  add(timer: FakeTimer): void {
    this.due.delete(timer);
    this.due.set(timer, this.now + timer.delay);
    this.look();
  }

  /** Has {@link untilSet} heed what waits elsewhere; the function given back is called when something begins to. */
  join(isWaiting: (delay: number) => boolean): () => void {
    this.others.push(isWaiting);
    return () => this.look();
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

  /** Resolves once something is waiting for just so long. */
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
