import { PipeDestination } from '../output/pipe-destination.js';
import type { Output } from '../output/output.js';
import { outputAccounts } from '../output/output-accounts.js';
import type { OutputTerms } from '../output/output-terms.js';
import type { StdioPipes } from './stdio-pipes.js';
import { deadlines } from '../../runtime/deadlines.js';
import { guarded } from '../../runtime/guarded.js';

/** A client that takes longer than this to read what is left is not waited for. */
const GRACE_MS = 1_000;

/** Writes messages, one a line, to a client that may read slowly, not at all, or be gone. */
export class LineWriter {
  private readonly leaving = new AbortController();
  private readonly pending: Output;

  /** @param terms a client that lets more wait, or for longer, is not reading, and counts as gone */
  constructor(
    private readonly pipes: StdioPipes,
    terms: OutputTerms,
  ) {
    const destination = new PipeDestination(pipes.output, () => this.leaving.abort());
    this.pending = outputAccounts.openOutput(destination, 'stdio', terms);
    // Stays for good: an error that nobody listens for ends the process, and there may be one for each write.
    const left = guarded(() => this.leaving.abort());
    pipes.output.on('error', left);
    pipes.output.once('close', left);
  }

  /** Aborted when nobody reads any more. */
  get gone(): AbortSignal {
    return this.leaving.signal;
  }

  /** Whether a message of so many bytes may wait for the client. */
  hasCapacity(bytes: number): boolean {
    return this.pending.hasCapacity(bytes + 1);
  }

  /** One message; JSON has no line feed of its own. Dropped when the client is gone. */
  write(message: string): void {
    if (this.gone.aborted) return;
    const line = Buffer.from(`${message}\n`);
    this.pipes.write(line);
    this.pending.wrote(line.length);
  }

  /** Resolves when the client has read enough to be listened to again. */
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

  /** Resolves when everything is out, or the client was given up. */
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
