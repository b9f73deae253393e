import type { OutputTerms } from './output-terms.js';

/** What waits for one client, as the accounts see it. */
export interface CountedOutput {
  readonly owner: string;
  readonly terms: OutputTerms;
  /** Bytes that wait as counted last. */
  readonly counted: number;
  /** When the client took something last, or nothing waited. */
  readonly movedAt: number;
  /** Counts anew what waits. */
  look(): void;
  /** True where the client has taken nothing for a while. */
  standsStill(): boolean;
  /** Ends the stream or answer, and drops what waits. */
  cut(): void;
}

/** The accounts, as one output sees them. */
export interface OutputLedger {
  /** An output has begun to wait. */
  enter(output: CountedOutput): void;
  /** Nothing of it waits any more. */
  leave(output: CountedOutput): void;
  add(output: CountedOutput, bytes: number): void;
  /** Whether so many bytes more may wait, counting on what {@link check} gains from those that stand still. */
  hasCapacity(output: CountedOutput, bytes: number): boolean;
  /** Cuts clients off where more waits than may. */
  check(output: CountedOutput): void;
  cut(output: CountedOutput, reason: 'bytes' | 'time'): void;
}
