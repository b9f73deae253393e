import { guarded } from '../runtime/guarded.js';

const ENDING = ['SIGTERM', 'SIGINT'] as const;

/** What the process does when it is told to end, in place of ending at once. */
export class ProcessSignals {
  private readonly heard = guarded(() => this.listener());

  constructor(private listener: () => void) {
    for (const signal of ENDING) process.on(signal, this.heard);
  }

  /** From now on, this is done instead. */
  instead(listener: () => void): void {
    this.listener = listener;
  }

  /** From now on, a signal ends the process at once again. */
  release(): void {
    for (const signal of ENDING) process.off(signal, this.heard);
  }
}
