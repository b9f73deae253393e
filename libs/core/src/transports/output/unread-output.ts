import { type Deadline, deadlines } from '../../runtime/deadlines.js';
import type { CountedOutput, OutputLedger } from './counted-output.interface.js';
import type { Destination } from './destination.interface.js';
import type { OutputTerms } from './output-terms.js';

/**
 * Checks within the time of the write deadline. A client is disconnected late by a quarter of that time at
 * most.
 */
const CHECKS = 4;
const LONGEST_CHECK_MS = 7_500;
/** A client that has read nothing for this time counts as stalled, and may be disconnected for others. */
const STILL_MS = 1_000;
/** Tolerance for the rounding errors of clocks, in milliseconds. */
const TOLERANCE_MS = 0.01;

/**
 * The bytes that wait for one client on one stream or answer: in the queues of this library, of Node and of
 * the system. It decides when a client that does not read is cut off; `OutputAccounts` decides it for the bytes of an
 * owner and of the process. If the client reads fast enough, a write costs only one comparison.
 */
export class UnreadOutput implements CountedOutput {
  /** Bytes that waited at the last count. */
  counted = 0;
  /** When the client last read something or nothing waited, in milliseconds of the monotonic clock. */
  movedAt = 0;
  private held = 0;
  private handed = 0;
  private passed = 0;
  private underWay: number | undefined;
  private checking: Deadline | undefined;
  private isWatched = false;
  private isOver = false;

  constructor(
    private readonly destination: Destination,
    readonly owner: string,
    readonly terms: OutputTerms,
    private readonly accounts: OutputLedger,
  ) {}

  /** Whether Node has bytes that the system has not accepted. */
  get isBehind(): boolean {
    return this.destination.waiting > 0;
  }

  /** Counts bytes that wait for something other than the client before they are written. */
  hold(bytes: number): void {
    this.held += bytes;
    this.grown();
  }

  /** Removes bytes from {@link hold}, because they are written now or dropped. */
  letGo(bytes: number): void {
    this.held -= bytes;
  }

  /**
   * Whether `bytes` more may wait. Also true for a stalled client, because the next write disconnects it.
   * False if that would disconnect a client that has not had time to read.
   */
  hasCapacity(bytes: number): boolean {
    if (this.isOver) return true;
    const waiting = this.held + this.destination.waiting;
    if (this.checking === undefined && waiting === 0) return this.accounts.hasCapacity(this, bytes);
    this.look();
    if (waiting + bytes > this.terms.streamBytes) return this.isStalled();
    return this.accounts.hasCapacity(this, bytes);
  }

  /** Whether the client has read nothing for so long that it seems not to read, as of the last {@link look}. */
  isStalled(): boolean {
    return this.counted > 0 && deadlines.now() - this.movedAt >= STILL_MS;
  }

  /**
   * Call it after each write.
   * @param length bytes of the write
   */
  wrote(length: number): void {
    this.handed += length;
    if (this.checking !== undefined || this.destination.waiting > 0) this.grown();
  }

  /** Counts the waiting bytes again, and finds out whether the client has read any. */
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

  /** Disconnects the client. Nothing waits for it from then on. */
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
    if (this.checking !== undefined) return;
    const { destination, terms } = this;
    this.movedAt = deadlines.now();
    this.passed = this.handed - destination.waiting;
    this.underWay = destination.underWay;
    this.accounts.enter(this);
    this.checking = deadlines
      .every(Math.min(terms.writeMs / CHECKS, LONGEST_CHECK_MS), () => this.checkWriteDeadline())
      .unref();
    if (this.isWatched) return;
    this.isWatched = true;
    destination.onClose(() => {
      this.leave();
      this.isOver = true;
    });
  }

  private checkWriteDeadline(): void {
    this.look();
    if (this.counted === 0) this.leave();
    else if (deadlines.now() - this.movedAt + TOLERANCE_MS >= this.terms.writeMs)
      this.accounts.cut(this, 'time');
  }

  private leave(): void {
    if (this.checking === undefined) return;
    this.checking.stop();
    this.checking = undefined;
    this.count(0);
    this.accounts.leave(this);
  }

  private count(bytes: number): void {
    this.accounts.add(this, bytes - this.counted);
    this.counted = bytes;
  }
}
