import type { NodeId } from '../../interfaces/backplane/backplane.interface.js';
import type {
  FoundSession,
  SessionDirectory,
  SessionRecord,
} from '../../interfaces/backplane/session-directory.interface.js';
import { Sweeper } from './sweeper.js';

const SWEEP_MS = 30_000;

interface Entry {
  /** Kept as text, as in any engine, so that changing an object does not change the record. */
  readonly text: string;
  expiresAt: number;
}

/**
 * The directory of {@link InMemoryBackplaneHub}. A session expires on time; its memory is released within another 30
 * s.
 */
export class InMemorySessionDirectory implements SessionDirectory {
  private readonly entries = new Map<string, Entry>();
  private readonly sweeper = new Sweeper(SWEEP_MS, () => this.sweep());

  constructor(private readonly isAlive: (node: NodeId) => boolean) {}

  async put(record: SessionRecord, ttlMs: number): Promise<void> {
    this.entries.set(record.id, { text: JSON.stringify(record), expiresAt: inFuture(ttlMs) });
    this.sweeper.wake();
  }

  async get(id: string): Promise<FoundSession | undefined> {
    const entry = this.living(id);
    if (entry === undefined) return undefined;
    const record = JSON.parse(entry.text) as SessionRecord;
    return { record, holderAlive: record.holder !== undefined && this.isAlive(record.holder) };
  }

  async touch(id: string, ttlMs: number): Promise<boolean> {
    const entry = this.living(id);
    if (entry !== undefined) entry.expiresAt = inFuture(ttlMs);
    return entry !== undefined;
  }

  async remove(id: string): Promise<void> {
    this.entries.delete(id);
  }

  /** Sets the timer again if anything may expire. */
  wake(): void {
    if (this.entries.size > 0) this.sweeper.wake();
  }

  /** Clears the timer. Nothing is dropped. */
  rest(): void {
    this.sweeper.stop();
  }

  private living(id: string): Entry | undefined {
    const entry = this.entries.get(id);
    return entry !== undefined && entry.expiresAt > performance.now() ? entry : undefined;
  }

  private sweep(): boolean {
    for (const id of this.entries.keys())
      if (this.living(id) === undefined) this.entries.delete(id);
    return this.entries.size > 0;
  }
}

function inFuture(milliseconds: number): number {
  return performance.now() + milliseconds;
}
