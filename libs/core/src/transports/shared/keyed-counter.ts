/** Counts open items for each key, up to a limit. Items without a key are not counted. */
export class KeyedCounter {
  private readonly open = new Map<string, number>();

  constructor(private readonly limit: number) {}

  /** Whether adding `more` items would exceed the limit of the key. */
  isFull(key: string | undefined, more = 1): boolean {
    return key !== undefined && (this.open.get(key) ?? 0) + more > this.limit;
  }

  /** Counts one more item. The returned function removes it from the count; call it once. */
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
