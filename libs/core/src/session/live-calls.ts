import { Injectable } from '@nestjs/common';
import type { RunningCall } from './running-call.js';
import { deadlines } from '../runtime/deadlines.js';

/** Every call of this server that is not over, whatever transport it came by. */
@Injectable()
export class LiveCalls {
  private readonly calls = new Set<RunningCall>();
  private onQuiet: (() => void) | undefined;

  get size(): number {
    return this.calls.size;
  }

  started(call: RunningCall): void {
    this.calls.add(call);
  }

  finished(call: RunningCall): void {
    this.calls.delete(call);
    if (this.calls.size === 0) this.onQuiet?.();
  }

  /** Waits until no call is left, and no longer than the time given. */
  async quiet(milliseconds: number): Promise<void> {
    if (this.calls.size === 0) return;
    await new Promise<void>((resolve) => {
      const deadline = deadlines.after(milliseconds, resolve);
      this.onQuiet = () => {
        deadline.stop();
        resolve();
      };
    });
    this.onQuiet = undefined;
  }

  /** Has whoever waits for quiet wait no longer. */
  hurry(): void {
    this.onQuiet?.();
  }

  /** Answers every call with an error, and aborts it. */
  cut(messageFor: (call: RunningCall) => string, errorCode: number, reason: Error): void {
    for (const call of this.calls) {
      call.answer(messageFor(call), errorCode);
      call.interrupt(reason);
    }
  }
}
