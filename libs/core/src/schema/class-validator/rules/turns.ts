import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work in one turn of the event loop. */
const TURN_MS = 8;

/** Work that is done at once while it is short, and in further turns of the event loop where it is long. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private end = performance.now() + TURN_MS;

  /** Runs a piece of the work, now or in a turn that {@link ended} waits for. */
  take(work: () => void): void {
    if (this.waiting.length === 0 && performance.now() < this.end) work();
    else this.waiting.push(work);
  }

  /** Resolves when all work is done, in order; rejects with what it throws. */
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
