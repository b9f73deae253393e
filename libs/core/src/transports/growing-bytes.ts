const SMALLEST = 1024;

/**
 * Bytes that come in pieces, copied into one buffer, so that what is kept is what came and not the pieces: a
 * chunk of one byte is an object of hundreds. The buffer doubles, and never grows ahead of what has come.
 */
export class GrowingBytes {
  private bytes = Buffer.alloc(0);
  private size = 0;

  /** @param end bytes that it is going to have, or can have at most: the buffer stops growing there */
  constructor(private readonly end: number) {}

  /** Bytes that have come. */
  get length(): number {
    return this.size;
  }

  /** Bytes that the buffer has when so many more have been appended. */
  capacityWith(more: number): number {
    const needed = this.size + more;
    const { length } = this.bytes;
    if (needed <= length) return length;
    return Math.max(needed, Math.min(Math.max(2 * length, SMALLEST), this.end));
  }

  append(chunk: Uint8Array): void {
    const capacity = this.capacityWith(chunk.length);
    if (capacity > this.bytes.length) {
      const grown = Buffer.allocUnsafe(capacity);
      grown.set(this.bytes.subarray(0, this.size));
      this.bytes = grown;
    }
    this.bytes.set(chunk, this.size);
    this.size += chunk.length;
  }

  /** What has come; from then on there is nothing. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.size);
    this.clear();
    return taken;
  }

  clear(): void {
    this.bytes = Buffer.alloc(0);
    this.size = 0;
  }
}
