/** Counts what is open per key, up to a limit. What has no key is not counted. */
export class KeyedCounter {
  private readonly open = new Map<string, number>();

  constructor(private readonly limit: number) {}

  /** Whether so many more are too many. */
  isFull(key: string | undefined, more = 1): boolean {
    return key !== undefined && (this.open.get(key) ?? 0) + more > this.limit;
  }

  /** Counts one more; the function given back counts it off. */
  enter(key: string | undefined): () => void {
    if (key === undefined) return () => undefined;
    this.open.set(key, (this.open.get(key) ?? 0) + 1);
    return () => this.leave(key);
  }

  private leave(key: string): void {
    const left = (this.open.get(key) ?? 1) - 1;
    if (left === 0) this.open.delete(key);
    else this.open.set(key, left);
  }
}
