import { AsyncLocalStorage } from 'node:async_hooks';

/** Node's timers fire at once when told to wait longer than this. */
const LONGEST = 2 ** 31 - 1;

/** Key of what a `setTimeout()` that stands in for Node's may have, to hear of what waits here without a timer. */
const WATCH = Symbol.for('nestmcp.watchDeadlines');

/** What a clock that a test controls takes part with. */
interface Watcher {
  /** Called whenever something begins to wait. */
  begun(): void;
  /** For the one timer, which nobody is to take for something that waits so long. */
  readonly setTimeout: (ring: () => void, milliseconds: number) => NodeJS.Timeout;
}

/** @param isWaiting tells whether something waits that was set for just so many milliseconds */
type WatchDeadlines = (isWaiting: (milliseconds: number) => boolean) => Watcher;

type SetTimeout = typeof setTimeout & { readonly [WATCH]?: WatchDeadlines };

/** Node's own, or what stood in for it when this module was loaded. */
const nodes = globalThis.setTimeout;

/** Callbacks of one timer serve everyone, so they run in nobody's async context. */
const inNoContext = AsyncLocalStorage.snapshot();

/**
 * A monotonic clock, with one timer. It goes by the globals of the moment: when a test puts fake ones in their
 * place, the time goes on from where it was, by the new ones.
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

  /** When it rings, in milliseconds of {@link now}; infinite where it does not. */
  get ringsAt(): number {
    return this.rings;
  }

  /** Milliseconds that only ever grow. Finds out when the globals are others: then {@link ringsAt} is infinite. */
  now(): number {
    const { performance, setTimeout } = globalThis;
    if (setTimeout !== this.setTimeout || performance !== this.performance) this.follow();
    return performance.now() + this.offset;
  }

  /** Rings then, and no more at any other time. */
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

  /** Rings no more. */
  silence(): void {
    if (this.timer) this.clearTimeout.call(globalThis, this.timer);
    this.timer = undefined;
    this.rings = Number.POSITIVE_INFINITY;
  }

  /** Whether waiting for it keeps the process alive. */
  hold(holds: boolean): void {
    this.holds = holds;
    if (holds) this.timer?.ref();
    else this.timer?.unref();
  }

  /** To be called when something begins to wait, for whoever watches. */
  notify(): void {
    this.watcher?.begun();
  }

  /** Fake timers may come without a fake `performance`: then it is they who know what time it is. */
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
