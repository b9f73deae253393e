import { guarded } from '../../runtime/guarded.js';

/** Ends a run, so that the next one may start. Further calls have no effect. */
export type Release = () => void;

interface Waiting {
  readonly admit: (release: Release) => void;
}

/** Lets `limit` runs go on at once, and up to `queue` further ones wait in the order of their arrival. */
export class ConcurrencyLimiter {
  private running = 0;
  private readonly line = new Set<Waiting>();

  constructor(
    private readonly limit: number,
    private readonly queue: number,
  ) {}

  /** Whether both the runs and the queue are at their limits. */
  get isFull(): boolean {
    return this.running >= this.limit && this.line.size >= this.queue;
  }

  /**
   * Waits until a run may start. Resolves to undefined at once if the queue is full. When the signal aborts, leaves
   * the queue and rejects with the signal's reason.
   */
  async enter(signal: AbortSignal): Promise<Release | undefined> {
    signal.throwIfAborted();
    if (this.running < this.limit) return this.start();
    if (this.isFull) return undefined;
    return new Promise<Release>((resolve, reject) => {
      const leave = guarded(() => {
        this.line.delete(waiting);
        reject(signal.reason as Error);
      });
      const waiting: Waiting = {
        admit: (release) => {
          signal.removeEventListener('abort', leave);
          resolve(release);
        },
      };
      this.line.add(waiting);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  private start(): Release {
    this.running++;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.running--;
      this.admitNext();
    };
  }

  private admitNext(): void {
    const [next] = this.line;
    if (next === undefined) return;
    this.line.delete(next);
    next.admit(this.start());
  }
}
