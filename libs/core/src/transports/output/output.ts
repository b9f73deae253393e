import { type Deadline, deadlines } from '../../runtime/deadlines.js';
import type { CountedOutput, OutputLedger } from './counted-output.interface.js';
import type { Destination } from './destination.interface.js';
import type { OutputTerms } from './output-terms.js';

/** Looks so often within the write deadline: a client is cut off late by that part of it at most. */
const LOOKS = 4;
const LONGEST_LOOK_MS = 7_500;
/** A client that has taken nothing for this long is cut off to make room; one that has not is spared. */
const STILL_MS = 1_000;
/** Clocks add up fractions with an error. */
const NO_TIME_MS = 0.01;

/**
 * What waits for one client on one stream or answer: in queues of ours, in Node's, in those of the system. One
 * that reads in time costs a comparison for each write.
 */
export class Output implements CountedOutput {
  /** Bytes that wait as counted last. */
  counted = 0;
  /** When the client took something last, or nothing waited. */
  movedAt = 0;
  private held = 0;
  private handed = 0;
  private passed = 0;
  private underWay: number | undefined;
  private looking: Deadline | undefined;
  private isWatched = false;
  private isOver = false;

  constructor(
    private readonly destination: Destination,
    readonly owner: string,
    readonly terms: OutputTerms,
    private readonly accounts: OutputLedger,
  ) {}

  /** True where something waits that was handed to Node. */
  get isBehind(): boolean {
    return this.destination.waiting > 0;
  }

  /** Counts bytes that wait for something else than the client, before they are written. */
  hold(bytes: number): void {
    this.held += bytes;
    this.grown();
  }

  /** They are written now, or dropped. */
  letGo(bytes: number): void {
    this.held -= bytes;
  }

  /**
   * Whether so many bytes more may wait. Also true where a client has stood still, since the write that comes cuts
   * it off; false where that would hit a client that has had no time to read.
   */
  hasCapacity(bytes: number): boolean {
    if (this.isOver) return true;
    const waiting = this.held + this.destination.waiting;
    if (this.looking === undefined && waiting === 0) return this.accounts.hasCapacity(this, bytes);
    this.look();
    if (waiting + bytes > this.terms.streamBytes) return this.standsStill();
    return this.accounts.hasCapacity(this, bytes);
  }

  /** Whether the client has taken nothing for so long that it does not seem to read; as of the last {@link look}. */
  standsStill(): boolean {
    return this.counted > 0 && deadlines.now() - this.movedAt >= STILL_MS;
  }

  /** To be called after each write. */
  wrote(length: number): void {
    this.handed += length;
    if (this.looking !== undefined || this.destination.waiting > 0) this.grown();
  }

  /** Counts anew, and finds out whether the client has taken anything. */
  look(): void {
    const { waiting, underWay, canMove } = this.destination;
    const passed = this.handed - waiting;
    const hasMoved =
      passed > this.passed ||
      (underWay !== undefined && this.underWay !== undefined && underWay < this.underWay);
    if (hasMoved || waiting === 0 || !canMove) this.movedAt = deadlines.now();
    this.passed = passed;
    this.underWay = underWay;
    this.count(this.held + waiting);
  }

  /** Cuts the client off: nothing waits for it any more. */
  cut(): void {
    this.leave();
    this.isOver = true;
    this.destination.cut();
  }

  private grown(): void {
    if (this.isOver) return;
    this.begin();
    this.count(this.held + this.destination.waiting);
    if (this.counted > this.terms.streamBytes) this.accounts.cut(this, 'bytes');
    else this.accounts.check(this);
  }

  private begin(): void {
    if (this.looking !== undefined) return;
    const { destination, terms } = this;
    this.movedAt = deadlines.now();
    this.passed = this.handed - destination.waiting;
    this.underWay = destination.underWay;
    this.accounts.enter(this);
    this.looking = deadlines
      .every(Math.min(terms.writeMs / LOOKS, LONGEST_LOOK_MS), () => this.lookInTime())
      .unref();
    if (this.isWatched) return;
    this.isWatched = true;
    destination.onClose(() => {
      this.leave();
      this.isOver = true;
    });
  }

  private lookInTime(): void {
    this.look();
    if (this.counted === 0) this.leave();
    else if (deadlines.now() - this.movedAt + NO_TIME_MS >= this.terms.writeMs)
      this.accounts.cut(this, 'time');
  }

  private leave(): void {
    if (this.looking === undefined) return;
    this.looking.stop();
    this.looking = undefined;
    this.count(0);
    this.accounts.leave(this);
  }

  private count(bytes: number): void {
    this.accounts.add(this, bytes - this.counted);
    this.counted = bytes;
  }
}
