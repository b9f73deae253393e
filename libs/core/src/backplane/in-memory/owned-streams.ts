import type { LoggedEvent } from '../../interfaces/backplane/event-log.interface.js';
import type { LoggedStream } from './logged-stream.js';

/** Roughly what an event uses beside its data. Without it, empty events would not count. */
const EVENT_OVERHEAD = 256;

/** The streams of one owner in {@link InMemoryEventLog}, and the bytes that they use. */
export class OwnedStreams {
  /** Ordered by use: the stream appended to most recently is last. */
  private readonly byUse = new Set<LoggedStream>();
  private total = 0;

  /**
   * @param changed called with every change of {@link bytes}
   * @param close forgets a stream that has no readers
   */
  constructor(
    private readonly changed: (bytes: number) => void,
    private readonly close: (stream: LoggedStream) => void,
  ) {}

  get bytes(): number {
    return this.total;
  }

  get isEmpty(): boolean {
    return this.byUse.size === 0;
  }

  add(stream: LoggedStream, event: LoggedEvent): void {
    stream.add(event);
    this.count(stream, sizeOf(event));
    this.byUse.delete(stream);
    this.byUse.add(stream);
  }

  forget(stream: LoggedStream): void {
    this.count(stream, -stream.bytes);
    this.byUse.delete(stream);
  }

  /** Drops the oldest events of a stream until `most` are left. */
  shorten(stream: LoggedStream, most: number): void {
    while (stream.length > most) this.dropOldest(stream);
  }

  /**
   * Drops events until at most `most` bytes are held: first of ended streams, then of the others, beginning with the
   * longest silence. The latest event of the current stream is kept.
   * @returns the number of bytes that were dropped.
   */
  shrink(most: number, current: LoggedStream): number {
    const before = this.total;
    if (before <= most) return 0;
    const others = [...this.byUse].filter((stream) => stream !== current);
    const inOrder = [...others.filter(isEnded), ...others.filter((stream) => !isEnded(stream))];
    for (const stream of inOrder) {
      if (this.total <= most) break;
      this.empty(stream);
    }
    while (this.total > most && this.byUse.has(current) && current.length > 1)
      this.dropOldest(current);
    return before - this.total;
  }

  private empty(stream: LoggedStream): void {
    if (!stream.isRead) return this.close(stream);
    while (stream.length > 0) this.dropOldest(stream);
  }

  private dropOldest(stream: LoggedStream): void {
    const event = stream.drop();
    if (event !== undefined) this.count(stream, -sizeOf(event));
  }

  private count(stream: LoggedStream, bytes: number): void {
    stream.bytes += bytes;
    this.total += bytes;
    this.changed(bytes);
  }
}

function isEnded({ endedAt }: LoggedStream): boolean {
  return endedAt !== undefined;
}

function sizeOf({ data }: LoggedEvent): number {
  return Buffer.byteLength(data) + EVENT_OVERHEAD;
}
