import { EventsExpiredError } from '../events-expired.error.js';
import type { LoggedEvent, StreamKey } from '../../interfaces/backplane/event-log.interface.js';
import { guarded } from '../../runtime/guarded.js';

/** Somebody who reads a stream as it grows. */
interface Reader {
  /** Events that came since it has read all that is held; undefined while it has not. */
  ahead: LoggedEvent[] | undefined;
  wake: () => void;
}

/** One stream of {@link InMemoryEventLog}: its latest events, and who reads on. */
export class LoggedStream {
  private readonly events: LoggedEvent[] = [];
  private readonly readers = new Set<Reader>();
  /** How many events were dropped in front: the place of the first one that is held. */
  private dropped = 0;
  private gone = false;
  /** When the final event came; undefined before. */
  endedAt: number | undefined;
  /** Bytes that it takes, as its log counts them. */
  bytes = 0;

  constructor(
    readonly key: StreamKey,
    /** Whose budget it counts for: of whoever appended first. */
    readonly owner: string,
    /** Events that a reader may be behind with before it has to find them in the log again. */
    private readonly mostAhead: number,
  ) {}

  get length(): number {
    return this.events.length;
  }

  /** Whether somebody reads on: such a stream stays, whatever of its events is dropped. */
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

  /** Drops the oldest event and gives it, as long as there is one. */
  drop(): LoggedEvent | undefined {
    const event = this.events.shift();
    if (event !== undefined) this.dropped++;
    return event;
  }

  /** Forgets the stream: every reading ends with an error. */
  close(): void {
    this.gone = true;
    this.events.length = 0;
    for (const { wake } of this.readers) wake();
  }

  /** The place behind an event that is held. */
  placeAfter(id: string): number {
    const index = this.events.findIndex((event) => event.id === id);
    if (index < 0) throw new EventsExpiredError();
    return this.dropped + index + 1;
  }

  /**
   * Gives the events from a place on, then those to come, up to the final one. Who has read all that is held
   * misses nothing that is dropped from then on.
   */
  async *from(start: number, signal: AbortSignal): AsyncGenerator<LoggedEvent> {
    const reader: Reader = { ahead: undefined, wake: () => undefined };
    const wake = guarded(() => reader.wake());
    this.readers.add(reader);
    signal.addEventListener('abort', wake);
    try {
      for (let place = start; !signal.aborted;) {
        const event = this.next(reader, place);
        if (event !== undefined) {
          place++;
          yield event;
        } else if (this.endedAt !== undefined) return;
        else await new Promise<void>((resolve) => (reader.wake = resolve));
      }
    } finally {
      this.readers.delete(reader);
      signal.removeEventListener('abort', wake);
    }
  }

  private next(reader: Reader, place: number): LoggedEvent | undefined {
    if (this.gone) throw new EventsExpiredError();
    const event = reader.ahead?.shift();
    if (event !== undefined) return event;
    if (reader.ahead === undefined && place < this.dropped) throw new EventsExpiredError();
    const held = reader.ahead === undefined ? this.events[place - this.dropped] : undefined;
    if (held === undefined) reader.ahead ??= [];
    return held;
  }
}
