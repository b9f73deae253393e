import { Injectable } from '@nestjs/common';
import { deadlines } from '../runtime/deadlines.js';
import { runGuarded } from '../runtime/guarded.js';
import type { RunningCall } from './running-call.js';

/** A request that was taken in and may become a call: guards are asked about it. */
export interface Arrival {
  /** Answers it with an error, whatever it waits for. */
  cut(): void;
}

/** Every call of this server that is not over, and every request that may become one, whatever transport it came by. */
@Injectable()
export class LiveCalls {
  private readonly calls = new Set<RunningCall>();
  private readonly arrivals = new Set<Arrival>();
  private isHurried = false;
  private onChange: () => void = () => undefined;

  get size(): number {
    return this.calls.size;
  }

  /** Requests that wait to become calls. */
  get waiting(): number {
    return this.arrivals.size;
  }

  /** Takes a request in; the function given back is to be called when it has become a call, or is answered. */
  arrived(arrival: Arrival): () => void {
    this.arrivals.add(arrival);
    return () => {
      this.arrivals.delete(arrival);
      this.onChange();
    };
  }

  started(call: RunningCall): void {
    this.calls.add(call);
  }

  finished(call: RunningCall): void {
    this.calls.delete(call);
    this.onChange();
  }

  /** Waits until no call and no arrival is left, and no longer than the time given. */
  async quiet(milliseconds: number): Promise<void> {
    if (this.isQuiet) return;
    this.isHurried = false;
    const deadline = deadlines.after(milliseconds, () => this.hurry());
    // Asked anew each time: an arrival leaves when its call begins.
    while (!this.isQuiet && !this.isHurried)
      await new Promise<void>((resolve) => (this.onChange = resolve));
    deadline.stop();
  }

  /** Has whoever waits for quiet wait no longer. */
  hurry(): void {
    this.isHurried = true;
    this.onChange();
  }

  /** Answers every call and arrival with an error, and aborts the calls. */
  cut(messageFor: (call: RunningCall) => string, errorCode: number, reason: Error): void {
    for (const call of this.calls) {
      runGuarded(() => call.answer(messageFor(call), errorCode));
      call.interrupt(reason);
    }
    for (const arrival of this.arrivals) arrival.cut();
  }

  private get isQuiet(): boolean {
    return this.calls.size === 0 && this.arrivals.size === 0;
  }
}
