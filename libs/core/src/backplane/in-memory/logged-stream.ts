import { EventsExpiredError } from '../events-expired.error.js';
import type { LoggedEvent, StreamKey } from '../../interfaces/backplane/event-log.interface.js';
import { guarded } from '../../runtime/guarded.js';

/** Reads a stream while it grows. */
interface Reader {
  /** Events that were appended since the reader has read everything held. Undefined until then. */
  ahead: LoggedEvent[] | undefined;
  wake: () => void;
}

/** One stream of {@link InMemoryEventLog}: its latest events, and its readers. */
export class LoggedStream {
  private readonly events: LoggedEvent[] = [];
  private readonly readers = new Set<Reader>();
  /** How many events were dropped from the beginning: the position of the first event that is held. */
  private dropped = 0;
  private gone = false;
  /** When the final event was appended. Undefined before. */
  endedAt: number | undefined;
  /** Bytes that the stream uses, as its log counts them. */
  bytes = 0;

  constructor(
    readonly key: StreamKey,
    /** Whose quota the stream counts for: that of the owner that appended first. */
    readonly owner: string,
    /** How many events a reader may be behind before it has to find them in the log again. */
    private readonly mostAhead: number,
  ) {}

  get length(): number {
    return this.events.length;
  }

  /** Whether the stream has readers. Such a stream is kept, even if all its events are dropped. */
  get isRead(): boolean {
    return this.readers.size > 0;
  }

  add(event: LoggedEvent): void {
    this.events.push(event);
    if (event.final) this.endedAt ??= performance.now();
    for (const reader of this.readers) {
      if (reader.ahead && reader.ahead.push(event) > this.mostAhead) reader.ahead = undefined;
      reader.wake();
    }
  }

  /** Drops the oldest event and returns it, if there is one. */
  drop(): LoggedEvent | undefined {
    const event = this.events.shift();
    if (event !== undefined) this.dropped++;
    return event;
  }

  /** Forgets the stream. Every reader ends with an error. */
  close(): void {
    this.gone = true;
    this.events.length = 0;
    for (const { wake } of this.readers) wake();
  }

  /** The position after an event that is held. */
  positionAfter(id: string): number {
    const index = this.events.findIndex((event) => event.id === id);
    if (index < 0) throw new EventsExpiredError();
    return this.dropped + index + 1;
  }

  /**
   * Yields the events from a position on, then those that are appended, up to the final one. A reader that has read
   * everything held misses no event that is dropped after that.
   */
  async *from(start: number, signal: AbortSignal): AsyncGenerator<LoggedEvent> {
    const reader: Reader = { ahead: undefined, wake: () => undefined };
    const wake = guarded(() => reader.wake());
    this.readers.add(reader);
    signal.addEventListener('abort', wake);
    try {
      for (let position = start; !signal.aborted;) {
        const event = this.next(reader, position);
        if (event !== undefined) {
          position++;
          yield event;
        } else if (this.endedAt !== undefined) return;
        else await new Promise<void>((resolve) => (reader.wake = resolve));
      }
    } finally {
      this.readers.delete(reader);
      signal.removeEventListener('abort', wake);
    }
  }

  private next(reader: Reader, position: number): LoggedEvent | undefined {
    if (this.gone) throw new EventsExpiredError();
    const event = reader.ahead?.shift();
    if (event !== undefined) return event;
    if (reader.ahead === undefined && position < this.dropped) throw new EventsExpiredError();
    const held = reader.ahead === undefined ? this.events[position - this.dropped] : undefined;
    if (held === undefined) reader.ahead ??= [];
    return held;
  }
}
