const SMALLEST = 1024;

/**
 * Bytes that arrive in chunks. They are copied into a few segments, because each chunk is an object of
 * hundreds of bytes, even for a single byte. Each segment doubles the capacity. A segment is allocated only
 * when its first bytes have come. Bytes are copied only once before {@link take}: a single growing buffer
 * would leave as much garbage as it holds.
 */
export class GrowingBytes {
  private segments: Buffer[] = [];
  private capacity = 0;
  private size = 0;

  /**
   * @param end number of bytes that are expected, or allowed at most; the capacity grows to this size and
   * only as far beyond as the bytes need
   */
  constructor(private readonly end: number) {}

  /** Number of bytes that have been appended. */
  get length(): number {
    return this.size;
  }

  /** Capacity in bytes after `more` bytes are appended. */
  capacityWith(more: number): number {
    const needed = this.size + more;
    if (needed <= this.capacity) return this.capacity;
    return Math.max(needed, Math.min(Math.max(2 * this.capacity, SMALLEST), this.end));
  }

  append(chunk: Uint8Array): void {
    const last = this.segments.at(-1);
    const free = this.capacity - this.size;
    const fitting = Math.min(free, chunk.length);
    if (last !== undefined) last.set(chunk.subarray(0, fitting), last.length - free);
    if (chunk.length > free) {
      const capacity = this.capacityWith(chunk.length);
      const segment = Buffer.allocUnsafe(capacity - this.capacity);
      segment.set(chunk.subarray(fitting));
      this.segments.push(segment);
      this.capacity = capacity;
    }
    this.size += chunk.length;
  }

  /** Returns all bytes and removes them. */
  take(): Buffer {
    const [first = Buffer.alloc(0), ...others] = this.segments;
    const taken =
      others.length === 0 ? first.subarray(0, this.size) : Buffer.concat(this.segments, this.size);
    this.clear();
    return taken;
  }

  clear(): void {
    this.segments = [];
    this.capacity = 0;
    this.size = 0;
  }
}
