import { PipeDestination } from '../output/pipe-destination.js';
import type { UnreadOutput } from '../output/unread-output.js';
import { outputAccounts } from '../output/output-accounts.js';
import type { OutputTerms } from '../output/output-terms.js';
import type { StdioPipes } from './stdio-pipes.js';
import { deadlines } from '../../runtime/deadlines.js';
import { guarded } from '../../runtime/guarded.js';

/** Time that a client has to read the rest, in milliseconds. After that, the server does not wait for it. */
const GRACE_MS = 1_000;

/** Writes messages, one on each line, to a client that may read slowly, not read at all, or have left. */
export class LineWriter {
  private readonly leaving = new AbortController();
  private readonly pending: UnreadOutput;

  /** @param terms limits on what may wait; a client that exceeds them is not reading, and counts as gone */
  constructor(
    private readonly pipes: StdioPipes,
    terms: OutputTerms,
  ) {
    const destination = new PipeDestination(pipes.output, () => this.leaving.abort());
    this.pending = outputAccounts.openOutput(destination, 'stdio', terms);
    // Never removed: an error without a listener ends the process, and each write may cause one.
    const left = guarded(() => this.leaving.abort());
    pipes.output.on('error', left);
    pipes.output.once('close', left);
  }

  /** Aborted when the client has left or does not read. */
  get gone(): AbortSignal {
    return this.leaving.signal;
  }

  /** Whether a message of this many bytes may wait for the client. */
  hasCapacity(bytes: number): boolean {
    return this.pending.hasCapacity(bytes + 1);
  }

  /** Writes one message. JSON has no line feed of its own. Dropped if the client is gone. */
  write(message: string): void {
    if (this.gone.aborted) return;
    const line = Buffer.from(`${message}\n`);
    this.pipes.write(line);
    this.pending.wrote(line.length);
  }

  /** Resolves when the client has read enough for its next messages to be read. */
  async ready(): Promise<void> {
    const { output } = this.pipes;
    if (this.gone.aborted || !output.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const go = guarded(() => {
        output.off('drain', go);
        this.gone.removeEventListener('abort', go);
        resolve();
      });
      output.on('drain', go);
      this.gone.addEventListener('abort', go);
    });
  }

  /** Resolves when everything is written, the client is gone, or the grace time has passed. */
  async flushed(): Promise<void> {
    if (this.gone.aborted) return;
    await new Promise<void>((resolve) => {
      const giveUp = deadlines.after(GRACE_MS, resolve);
      const done = guarded(() => {
        giveUp.stop();
        resolve();
      });
      this.gone.addEventListener('abort', done, { once: true });
      this.pipes.write('', done);
    });
  }
}
