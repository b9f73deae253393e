import { setImmediate } from 'node:timers/promises';

/** How long the work of one turn of the event loop may take, in milliseconds. */
const TURN_MS = 8;

/** Runs short work at once, and splits long work into several turns of the event loop. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private end = performance.now() + TURN_MS;

  /** Runs a piece of the work, now or in a turn that {@link ended} waits for. */
  take(work: () => void): void {
    if (this.waiting.length === 0 && performance.now() < this.end) work();
    else this.waiting.push(work);
  }

  /** Runs the waiting work in order, and resolves when all of it is done. Rejects with the error of a piece that throws. */
  async ended(): Promise<void> {
    const { waiting } = this;
    for (let next = 0; next < waiting.length; next++) {
      if (performance.now() >= this.end) {
        await setImmediate();
        this.end = performance.now() + TURN_MS;
      }
      waiting[next]?.();
    }
    waiting.length = 0;
  }
}
