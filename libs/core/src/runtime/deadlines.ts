import { Clock } from './clock.js';
import { runGuarded } from './guarded.js';
import { Slots, type Waiting } from './slots.js';

/** Tolerance for the rounding errors of clocks, in milliseconds. */
const TOLERANCE = 0.001;

/** A callback that is to run at a time. */
export interface Deadline {
  /** True if the callback will not run again, because it has run for the last time or was stopped. */
  readonly isOver: boolean;
  /** Stops it. The callback does not run again. */
  stop(): void;
  /**
   * Starts the time again from now, even if it is over.
   * @param milliseconds Default: the previous time.
   */
  restart(milliseconds?: number): void;
  /** Lets the process exit while this deadline is running. */
  unref(): this;
}

/**
 * All deadlines, on one timer of Node's and a monotonic clock, so that a change of the wall clock has no
 * effect. A callback never runs early; it is late by the time that the event loop is busy. It runs in the
 * async context of the process, not in that of the caller. If it throws, the error is logged (MCP140), and
 * the other callbacks still run.
 *
 * A deadline keeps the process alive, as a timer does; see {@link Deadline.unref}.
 */
export class Deadlines {
  private readonly slots = new Slots<OneDeadline>();
  private readonly clock = new Clock(
    () => this.runDue(),
    (milliseconds) => [...this.slots].some((one) => one.milliseconds === milliseconds),
  );
  private waiting = 0;
  private holding = 0;
  private isRunning = false;

  /** Milliseconds of the monotonic clock. Use them only to measure durations. */
  now(): number {
    return this.clock.now();
  }

  /** Runs a callback once, after this many milliseconds. */
  after(milliseconds: number, callback: () => unknown): Deadline {
    return new OneDeadline(this, milliseconds, callback, false);
  }

  /** Runs a callback every so many milliseconds, until it is stopped. At least 1. */
  every(milliseconds: number, callback: () => unknown): Deadline {
    return new OneDeadline(this, Math.max(1, milliseconds), callback, true);
  }

  /** @internal */
  enter(one: OneDeadline): void {
    const now = this.clock.now();
    const due = now + one.milliseconds;
    if (one.slot === undefined) this.begun(one);
    // A later time needs no move: the slot is searched when its own time comes.
    if (one.slot === undefined || due < one.due || this.isRunning) {
      one.slot?.delete(one);
      one.due = due;
      this.slots.add(one);
    } else one.due = due;
    this.clock.notify();
    if (!this.isRunning && due < this.clock.ringsAt) this.arm();
  }

  /** @internal */
  leave(one: OneDeadline): void {
    if (one.slot === undefined) return;
    one.slot.delete(one);
    one.slot = undefined;
    if (one.holds) this.hold(-1);
    if (--this.waiting === 0) this.clock.silence();
  }

  /** @internal */
  hold(change: 1 | -1): void {
    this.holding += change;
    if (this.holding === 0) this.clock.hold(false);
    else if (this.holding === 1 && change === 1) this.clock.hold(true);
  }

  private begun(one: OneDeadline): void {
    this.waiting++;
    if (one.holds) this.hold(1);
  }

  private arm(): void {
    const earliest = this.slots.earliest();
    if (earliest !== undefined) this.clock.ringAt(earliest - TOLERANCE);
  }

  private runDue(): void {
    this.isRunning = true;
    for (const one of this.slots.takeDue(this.clock.now() + TOLERANCE)) {
      if (one.repeats) this.enter(one);
      else this.leave(one);
      runGuarded(one.callback);
    }
    this.isRunning = false;
    this.arm();
  }
}

class OneDeadline implements Deadline, Waiting {
  due = 0;
  slot: Set<this> | undefined;
  holds = true;

  constructor(
    private readonly deadlines: Deadlines,
    public milliseconds: number,
    readonly callback: () => unknown,
    readonly repeats: boolean,
  ) {
    deadlines.enter(this);
  }

  get isOver(): boolean {
    return this.slot === undefined;
  }

  stop(): void {
    this.deadlines.leave(this);
  }

  restart(milliseconds = this.milliseconds): void {
    this.milliseconds = milliseconds;
    this.deadlines.enter(this);
  }

  unref(): this {
    if (this.holds && this.slot !== undefined) this.deadlines.hold(-1);
    this.holds = false;
    return this;
  }
}

/** The deadlines of this process. */
export const deadlines = new Deadlines();
