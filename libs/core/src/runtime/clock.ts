import { AsyncLocalStorage } from 'node:async_hooks';

/** Longest delay of Node's timers, in milliseconds. With a longer one they fire at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Symbol of a function on a fake `setTimeout()`. A fake that has it is notified of deadlines, which have no
 * timer of their own.
 */
const WATCH = Symbol.for('nestmcp.watchDeadlines');

/** How a test's fake clock follows the deadlines. */
interface Watcher {
  /** Called whenever a deadline starts. */
  begun(): void;
  /** Starts the one timer of the clock, which must not count as a deadline of that length. */
  readonly setTimeout: (ring: () => void, milliseconds: number) => NodeJS.Timeout;
}

/** @param isWaiting whether a deadline that was set for exactly this many milliseconds is running */
type WatchDeadlines = (isWaiting: (milliseconds: number) => boolean) => Watcher;

type SetTimeout = typeof setTimeout & { readonly [WATCH]?: WatchDeadlines };

/** Node's `setTimeout`, or the fake that replaced it before this module was loaded. */
const nodes = globalThis.setTimeout;

/** One timer runs the callbacks of all callers, so it runs them in none of their async contexts. */
const inNoContext = AsyncLocalStorage.snapshot();

/**
 * A monotonic clock with one timer. It always uses the current globals: if a test replaces them by fakes, the
 * time continues from where it was, at the pace of the fakes.
 */
export class Clock {
  private performance: { now(): number } = globalThis.performance;
  private read = globalThis.performance.now.bind(globalThis.performance);
  private setTimeout: SetTimeout = globalThis.setTimeout;
  private clearTimeout = globalThis.clearTimeout;
  private offset = 0;
  private timer: NodeJS.Timeout | undefined;
  private rings = Number.POSITIVE_INFINITY;
  private holds = false;
  private watcher: Watcher | undefined;

  /** @param isWaiting see {@link WatchDeadlines} */
  constructor(
    private readonly ring: () => void,
    private readonly isWaiting: (milliseconds: number) => boolean,
  ) {}

  /** When the timer fires, in milliseconds of {@link now}; infinite if it is not set. */
  get ringsAt(): number {
    return this.rings;
  }

  /**
   * Milliseconds that only increase. If the globals have been replaced, the timer is removed: then
   * {@link ringsAt} is infinite.
   */
  now(): number {
    const { performance, setTimeout } = globalThis;
    if (setTimeout !== this.setTimeout || performance !== this.performance) this.follow();
    return performance.now() + this.offset;
  }

  /** Sets the timer to this time. Replaces the earlier time. */
  ringAt(time: number): void {
    this.silence();
    const before = this.now();
    const delay = Math.min(LONGEST, Math.max(1, Math.ceil(time - before)));
    this.rings = time;
    const { setTimeout } = this.watcher ?? globalThis;
    const timer = inNoContext(() =>
      setTimeout(() => {
        if (this.timer !== timer) return;
        this.silence();
        this.catchUp(before + delay);
        this.ring();
      }, delay),
    );
    if (!this.holds) timer.unref();
    this.timer = timer;
  }

  /** Removes the timer. */
  silence(): void {
    if (this.timer) this.clearTimeout.call(globalThis, this.timer);
    this.timer = undefined;
    this.rings = Number.POSITIVE_INFINITY;
  }

  /** Sets whether the timer keeps the process alive. */
  hold(holds: boolean): void {
    this.holds = holds;
    if (holds) this.timer?.ref();
    else this.timer?.unref();
  }

  /** Call it when a deadline starts. It notifies the fake clock. */
  notify(): void {
    this.watcher?.begun();
  }

  /**
   * Fake timers may come without a fake `performance`. Then the delay of the timer that fired shows how much
   * time has passed.
   */
  private catchUp(time: number): void {
    if (this.setTimeout !== nodes) this.offset += Math.max(0, time - this.now());
  }

  private follow(): void {
    const { performance, setTimeout, clearTimeout } = globalThis;
    const before = this.read() + this.offset;
    this.silence();
    this.performance = performance;
    this.read = performance.now.bind(performance);
    this.offset = before - performance.now();
    this.setTimeout = setTimeout;
    this.clearTimeout = clearTimeout;
    this.watcher = this.setTimeout[WATCH]?.(this.isWaiting);
  }
}
