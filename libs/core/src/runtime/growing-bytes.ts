const SMALLEST = 1024;

/**
 * Bytes that come in pieces, copied into a few segments, so that what is kept is what came and not the pieces: a
 * chunk of one byte is an object of hundreds. Each segment doubles the room, and none is made ahead of what has
 * come. Nothing is copied twice before {@link take}: what a single buffer leaves behind as it grows would wait
 * for the garbage collector, and be as much again.
 */
export class GrowingBytes {
  private segments: Buffer[] = [];
  private capacity = 0;
  private size = 0;

  /** @param end bytes that it is going to have, or can have at most: the room stops growing there */
  constructor(private readonly end: number) {}

  /** Bytes that have come. */
  get length(): number {
    return this.size;
  }

  /** Room for bytes that there is when so many more have been appended. */
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

  /** What has come; from then on there is nothing. */
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
