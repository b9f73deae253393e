import { randomInt } from 'node:crypto';
import type { EventId } from '../../interfaces/backplane/event-log.interface.js';
import type {
  AppendOptions,
  EventLog,
  LoggedEvent,
  StreamKey,
} from '../../interfaces/backplane/event-log.interface.js';
import { EventsExpiredError } from '../events-expired.error.js';
import { LoggedStream } from './logged-stream.js';
import { OwnedStreams } from './owned-streams.js';
import { Sweeper } from './sweeper.js';

/** Limits of {@link InMemoryEventLog}. */
export interface InMemoryEventLogOptions {
  /** Events that are held of one stream. Older ones are dropped. Default: 1,000. */
  eventsPerStream?: number;
  /**
   * Bytes that are held for one owner (see {@link AppendOptions.owner}). Beyond that, the owner's oldest events are
   * dropped: first of ended streams, then of the stream with the longest silence. Default: 16 MiB.
   */
  bytesPerOwner?: number;
  /**
   * Bytes that are held for all owners. Beyond that, the owner that holds most loses events in the same order.
   * Default: 64 MiB.
   */
  totalBytes?: number;
  /** Milliseconds that a stream is held after its final event. Default: 5 minutes. */
  keepMs?: number;
}

const MEBIBYTE = 1024 * 1024;
const DEFAULTS: Required<InMemoryEventLogOptions> = {
  eventsPerStream: 1_000,
  bytesPerOwner: 16 * MEBIBYTE,
  totalBytes: 64 * MEBIBYTE,
  keepMs: 5 * 60_000,
};
const SWEEP_MS = 30_000;

/** An event log in the memory of one process, limited in number, size and time. */
export class InMemoryEventLog implements EventLog {
  private readonly options: Required<InMemoryEventLogOptions>;
  private readonly sessions = new Map<string, Map<string, LoggedStream>>();
  private readonly owners = new Map<string, OwnedStreams>();
  private readonly sweeper = new Sweeper(SWEEP_MS, () => this.sweep());
  /** Random, so that a cursor of an earlier process is not valid for this log. */
  private readonly epoch = randomInt(2 ** 47);
  private appended = 0;
  private bytes = 0;

  constructor(options: InMemoryEventLogOptions = {}) {
    this.options = { ...DEFAULTS, ...options };
  }

  /** Bytes that are held now, for all owners. Exceeds the limit by at most the event that was appended last. */
  get heldBytes(): number {
    return this.bytes;
  }

  async append(
    key: StreamKey,
    data: string,
    { final, owner = key.session }: AppendOptions,
  ): Promise<EventId> {
    const stream = this.living(key) ?? this.open(key, owner);
    const event = { id: `${this.epoch}-${++this.appended}`, data, final };
    this.ownerOf(stream).add(stream, event);
    this.trim(stream);
    if (final) this.sweeper.wake();
    return event.id;
  }

  async read(
    key: StreamKey,
    after: EventId,
    signal: AbortSignal,
  ): Promise<AsyncIterable<LoggedEvent>> {
    const stream = this.living(key);
    if (stream === undefined) throw new EventsExpiredError();
    return stream.from(stream.positionAfter(after), signal);
  }

  async remove(sessionId: string): Promise<void> {
    for (const stream of this.sessions.get(sessionId)?.values() ?? []) this.close(stream);
  }

  /** Sets the timer again if anything may expire. */
  wake(): void {
    if (this.hasEnded()) this.sweeper.wake();
  }

  /** Clears the timer. Nothing is dropped. */
  rest(): void {
    this.sweeper.stop();
  }

  private living({ session, stream: name }: StreamKey): LoggedStream | undefined {
    const stream = this.sessions.get(session)?.get(name);
    if (stream === undefined || !this.isOver(stream)) return stream;
    this.close(stream);
    return undefined;
  }

  private isOver({ endedAt }: LoggedStream): boolean {
    return endedAt !== undefined && endedAt + this.options.keepMs <= performance.now();
  }

  private open(key: StreamKey, owner: string): LoggedStream {
    const stream = new LoggedStream(key, owner, this.options.eventsPerStream);
    const streams = this.sessions.get(key.session) ?? new Map<string, LoggedStream>();
    this.sessions.set(key.session, streams.set(key.stream, stream));
    return stream;
  }

  private ownerOf({ owner }: LoggedStream): OwnedStreams {
    const own =
      this.owners.get(owner) ??
      new OwnedStreams(
        (change) => (this.bytes += change),
        (stream) => this.close(stream),
      );
    this.owners.set(owner, own);
    return own;
  }

  private close(stream: LoggedStream): void {
    const own = this.ownerOf(stream);
    own.forget(stream);
    if (own.isEmpty) this.owners.delete(stream.owner);
    stream.close();
    const streams = this.sessions.get(stream.key.session);
    streams?.delete(stream.key.stream);
    if (streams?.size === 0) this.sessions.delete(stream.key.session);
  }

  private trim(current: LoggedStream): void {
    const { eventsPerStream, bytesPerOwner, totalBytes } = this.options;
    const own = this.ownerOf(current);
    own.shorten(current, eventsPerStream);
    own.shrink(bytesPerOwner, current);
    while (this.bytes > totalBytes) {
      const largest = this.largest();
      const isFull = largest.shrink(largest.bytes - (this.bytes - totalBytes), current) === 0;
      if (isFull) return;
    }
  }

  private largest(): OwnedStreams {
    return [...this.owners.values()].reduce((one, next) => (next.bytes > one.bytes ? next : one));
  }

  private sweep(): boolean {
    for (const stream of this.all()) if (this.isOver(stream)) this.close(stream);
    return this.hasEnded();
  }

  private hasEnded(): boolean {
    return [...this.all()].some(({ endedAt }) => endedAt !== undefined);
  }

  private *all(): Generator<LoggedStream> {
    for (const streams of this.sessions.values()) yield* streams.values();
  }
}
