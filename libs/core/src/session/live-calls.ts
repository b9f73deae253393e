import { Injectable } from '@nestjs/common';
import type { McpCall } from '../interfaces/mcp-call.interface.js';
import { deadlines } from '../runtime/deadlines.js';
import { runGuarded } from '../runtime/guarded.js';
import { callListeners, type Listeners, withListener } from '../runtime/listeners.js';

/** What the end of a server needs of a call. */
export interface LiveCall extends Pick<McpCall, 'id' | 'interrupt'> {
  answer(message: string, errorCode?: number): void;
}

/** A request that was taken in and may become a call: guards are asked about it. */
export interface Arrival {
  /** Answers it with an error, whatever it waits for. */
  cut(): void;
}

/** Every call of this server that is not over, and every request that may become one, whatever transport it came by. */
@Injectable()
export class LiveCalls {
  private readonly calls = new Set<LiveCall>();
  private readonly arrivals = new Set<Arrival>();
  private changeListeners: Listeners;
  private readonly waits = new Set<() => void>();

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
      this.changed();
    };
  }

  started(call: LiveCall): void {
    this.calls.add(call);
  }

  finished(call: LiveCall): void {
    this.calls.delete(call);
    this.changed();
  }

  /** Waits until no call and no arrival is left, and no longer than the time given. */
  async quiet(milliseconds: number): Promise<void> {
    if (this.isQuiet) return;
    const endWait = (): void => {
      this.waits.delete(endWait);
      this.changed();
    };
    this.waits.add(endWait);
    const deadline = deadlines.after(milliseconds, endWait);
    // Asked anew each time: an arrival leaves when its call begins.
    while (!this.isQuiet && this.waits.has(endWait)) await this.change();
    this.waits.delete(endWait);
    deadline.stop();
  }

  /** Ends every {@link quiet} that still waits. */
  stopWaiting(): void {
    for (const endWait of this.waits) endWait();
  }

  /** Answers every call and arrival with an error, and aborts the calls. */
  cut(messageFor: (call: LiveCall) => string, errorCode: number, reason: Error): void {
    for (const call of this.calls) {
      runGuarded(() => call.answer(messageFor(call), errorCode));
      call.interrupt(reason);
    }
    for (const arrival of this.arrivals) arrival.cut();
  }

  private async change(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.changeListeners = withListener(this.changeListeners, resolve);
    });
  }

  private changed(): void {
    const listeners = this.changeListeners;
    this.changeListeners = undefined;
    callListeners(listeners);
  }

  private get isQuiet(): boolean {
    return this.calls.size === 0 && this.arrivals.size === 0;
  }
}
