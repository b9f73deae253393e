import { guarded } from '../../runtime/guarded.js';

/** A place among those who may run; to be given back exactly once. */
export type Release = () => void;

interface Waiting {
  readonly admit: (release: Release) => void;
}

/** Lets so many run at once, and so many wait in line, first come first served. */
export class ConcurrencyLimiter {
  private running = 0;
  private readonly line = new Set<Waiting>();

  constructor(
    private readonly limit: number,
    private readonly queue: number,
  ) {}

  /** True when nobody more can wait in line. */
  get isFull(): boolean {
    return this.running >= this.limit && this.line.size >= this.queue;
  }

  /**
   * Waits for a place; undefined at once when the line is full.
   * Whoever is aborted leaves the line, and the promise rejects with the signal's reason.
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
