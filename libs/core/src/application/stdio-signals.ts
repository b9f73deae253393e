import { guarded } from '../runtime/guarded.js';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Replaces what the process does on SIGTERM and SIGINT. */
export class StdioSignals {
  private readonly onSignal = guarded(() => this.listener());

  constructor(private listener: () => void) {
    for (const signal of SIGNALS) process.on(signal, this.onSignal);
  }

  /** Replaces the listener. */
  replace(listener: () => void): void {
    this.listener = listener;
  }

  /** Restores the default: a signal ends the process at once. */
  release(): void {
    for (const signal of SIGNALS) process.off(signal, this.onSignal);
  }
}
