import { Clock } from './clock.js';
import { runGuarded } from './guarded.js';
import { Slots, type Waiting } from './slots.js';

/** Time that is as good as none, in milliseconds: clocks add up fractions with an error. */
const NO_TIME = 0.001;

/** Something that is to happen at a time. */
export interface Deadline {
  /** True once it has happened for the last time, or was stopped. */
  readonly isOver: boolean;
  /** Nothing happens any more. */
  stop(): void;
  /**
   * Counts anew from now, also where it was over.
   * @param milliseconds Default: as before.
   */
  restart(milliseconds?: number): void;
  /** Waiting for it does not keep the process alive any more. */
  unref(): this;
}

/**
 * Everything that waits for a time, on one timer of Node's and a monotonic clock: a jump of the wall clock moves
 * nothing. A callback never runs early; late by what keeps the event loop busy. It runs in no async context but
 * the process's own. What it throws is logged (MCP140), and stops no other.
 *
 * Waiting keeps the process alive, as a timer does; see {@link Deadline.unref}.
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

  /** Milliseconds of the monotonic clock: fit for measuring how long something took, and for nothing else. */
  now(): number {
    return this.clock.now();
  }

  /** Runs a callback once, after so many milliseconds. */
  after(milliseconds: number, callback: () => unknown): Deadline {
    return new OneDeadline(this, milliseconds, callback, false);
  }

  /** Runs a callback every so many milliseconds, until it is stopped. */
  every(milliseconds: number, callback: () => unknown): Deadline {
    return new OneDeadline(this, Math.max(1, milliseconds), callback, true);
  }

  /** @internal */
  enter(one: OneDeadline): void {
    const now = this.clock.now();
    const due = now + one.milliseconds;
    if (one.place === undefined) this.begun(one);
    // Put off in place: the slot is looked through when its time comes.
    if (one.place === undefined || due < one.due || this.isRunning) {
      one.place?.delete(one);
      one.due = due;
      this.slots.add(one);
    } else one.due = due;
    this.clock.notify();
    if (!this.isRunning && due < this.clock.ringsAt) this.arm();
  }

  /** @internal */
  leave(one: OneDeadline): void {
    if (one.place === undefined) return;
    one.place.delete(one);
    one.place = undefined;
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
    if (earliest !== undefined) this.clock.ringAt(earliest - NO_TIME);
  }

  private runDue(): void {
    this.isRunning = true;
    for (const one of this.slots.takeDue(this.clock.now() + NO_TIME)) {
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
  place: Set<this> | undefined;
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
    return this.place === undefined;
  }

  stop(): void {
    this.deadlines.leave(this);
  }

  restart(milliseconds = this.milliseconds): void {
    this.milliseconds = milliseconds;
    this.deadlines.enter(this);
  }

  unref(): this {
    if (this.holds && this.place !== undefined) this.deadlines.hold(-1);
    this.holds = false;
    return this;
  }
}

/** The process's own. */
export const deadlines = new Deadlines();
