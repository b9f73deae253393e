import { Injectable } from '@nestjs/common';
import type { McpCall } from '../interfaces/mcp-call.interface.js';
import { deadlines } from '../runtime/deadlines.js';
import { runGuarded } from '../runtime/guarded.js';
import { callListeners, type Listeners, withListener } from '../runtime/listeners.js';

/** What a drain needs of a call. */
export interface LiveCall extends Pick<McpCall, 'id' | 'interrupt'> {
  answer(message: string, errorCode?: number): void;
}

/** A request that may become a call once its guards have decided. */
export interface Arrival {
  /** Answers the request with an error, without waiting for its guards. */
  cut(): void;
}

/** All calls of this server that are not over, and all requests that may become one, from every transport. */
@Injectable()
export class LiveCalls {
  private readonly calls = new Set<LiveCall>();
  private readonly arrivals = new Set<Arrival>();
  private changeListeners: Listeners;
  private readonly waits = new Set<() => void>();

  get size(): number {
    return this.calls.size;
  }

  /** How many requests wait to become calls. */
  get waiting(): number {
    return this.arrivals.size;
  }

  /** Adds a request. Call the returned function when the request has become a call or is answered. */
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

  /** Resolves when no call and no arrival is left, or after `milliseconds`. */
  async quiet(milliseconds: number): Promise<void> {
    if (this.isQuiet) return;
    const endWait = (): void => {
      this.waits.delete(endWait);
      this.changed();
    };
    this.waits.add(endWait);
    const deadline = deadlines.after(milliseconds, endWait);
    // Checked each time, because an arrival leaves when its call begins.
    while (!this.isQuiet && this.waits.has(endWait)) await this.change();
    this.waits.delete(endWait);
    deadline.stop();
  }

  /** Ends every {@link quiet} that is still waiting. */
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
