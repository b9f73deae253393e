import type { OutputTerms } from './output-terms.js';

/** The bytes that wait for one client, as the accounts see them. */
export interface CountedOutput {
  readonly owner: string;
  readonly terms: OutputTerms;
  /** Bytes that waited at the last count. */
  readonly counted: number;
  /** When the client last read something or nothing waited, in milliseconds of the monotonic clock. */
  readonly movedAt: number;
  /** Counts the waiting bytes again. */
  look(): void;
  /** Whether the client has read nothing for a while. */
  isStalled(): boolean;
  /** Ends the stream or answer, and drops the waiting bytes. */
  cut(): void;
}

/** The accounts, as one output sees them. */
export interface OutputLedger {
  /** Adds an output that has begun to wait. */
  enter(output: CountedOutput): void;
  /** Removes an output that waits no longer. */
  leave(output: CountedOutput): void;
  add(output: CountedOutput, bytes: number): void;
  /** Whether `bytes` more may wait, if {@link check} disconnects the clients that are stalled. */
  hasCapacity(output: CountedOutput, bytes: number): boolean;
  /** Disconnects clients until no limit is exceeded. */
  check(output: CountedOutput): void;
  cut(output: CountedOutput, reason: 'bytes' | 'time'): void;
}
