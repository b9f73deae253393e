import { EventsExpiredError } from './events-expired.error.js';
import type { LoggedEvent, StreamKey } from '../interfaces/backplane/event-log.interface.js';

/** One stream of {@link InMemoryEventLog}: its latest events, and who waits for the next one. */
export class LoggedStream {
  private readonly events: LoggedEvent[] = [];
  private readonly waiting = new Set<() => void>();
  /** How many events were dropped in front: the place of the first one that is held. */
  private dropped = 0;
  private gone = false;
  /** When the final event came; undefined before. */
  endedAt: number | undefined;

  constructor(readonly key: StreamKey) {}

  get length(): number {
    return this.events.length;
  }

  add(event: LoggedEvent): void {
    this.events.push(event);
    if (event.final) this.endedAt ??= performance.now();
    this.tellAll();
  }

  /** Drops the oldest event and gives it, as long as there is one. */
  drop(): LoggedEvent | undefined {
    const event = this.events.shift();
    if (event !== undefined) this.dropped++;
    return event;
  }

  /** Drops all events, and ends every reading with an error. */
  clear(): readonly LoggedEvent[] {
    this.gone = true;
    this.tellAll();
    return this.events.splice(0);
  }

  /** The place behind an event that is held. */
  placeAfter(id: string): number {
    const index = this.events.findIndex((event) => event.id === id);
    if (index < 0) throw new EventsExpiredError();
    return this.dropped + index + 1;
  }

  /** Gives the events from a place on, then those to come, up to the final one. */
  async *from(start: number, signal: AbortSignal): AsyncGenerator<LoggedEvent> {
    for (let place = start; !signal.aborted;) {
      if (this.gone || place < this.dropped) throw new EventsExpiredError();
      const event = this.events[place - this.dropped];
      if (event !== undefined) {
        place++;
        yield event;
      } else if (this.endedAt !== undefined) return;
      else await this.change(signal);
    }
  }

  private async change(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  private tellAll(): void {
    for (const wake of this.waiting) wake();
  }
}
