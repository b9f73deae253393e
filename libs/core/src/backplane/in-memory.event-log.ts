import { randomInt } from 'node:crypto';
import type { EventId } from '../interfaces/backplane/event-log.interface.js';
import type {
  EventLog,
  LoggedEvent,
  StreamKey,
} from '../interfaces/backplane/event-log.interface.js';
import { EventsExpiredError } from './events-expired.error.js';
import { LoggedStream } from './logged-stream.js';
import { Sweeper } from './sweeper.js';

/** Bounds of {@link InMemoryEventLog}. */
export interface InMemoryEventLogOptions {
  /** Events held of one stream; older ones are dropped. Default: 1,000. */
  eventsPerStream?: number;
  /** Bytes held of all streams; the stream that was silent for longest is dropped. Default: 64 MiB. */
  totalBytes?: number;
  /** Milliseconds that a stream is held after its final event. Default: 5 minutes. */
  keepMs?: number;
}

const DEFAULTS = { eventsPerStream: 1_000, totalBytes: 64 * 1024 * 1024, keepMs: 5 * 60_000 };
const SWEEP_MS = 30_000;
/** About what an event takes beside its data; without it, empty events would be unbounded. */
const EVENT_OVERHEAD = 256;

/** An event log in the memory of one process, bounded in number, size and time. */
export class InMemoryEventLog implements EventLog {
  private readonly options: Required<InMemoryEventLogOptions>;
  private readonly sessions = new Map<string, Map<string, LoggedStream>>();
  /** All streams; the one appended to last is last. */
  private readonly byUse = new Set<LoggedStream>();
  private readonly sweeper = new Sweeper(SWEEP_MS, () => this.sweep());
  /** Random, so that no cursor that an earlier process gave out is taken for one of this log. */
  private readonly epoch = randomInt(2 ** 47);
  private appended = 0;
  private bytes = 0;

  constructor(options: InMemoryEventLogOptions = {}) {
    this.options = { ...DEFAULTS, ...options };
  }

  async append(
    key: StreamKey,
    data: string,
    { final }: { readonly final: boolean },
  ): Promise<EventId> {
    const stream = this.living(key) ?? this.open(key);
    const event = { id: `${this.epoch}-${++this.appended}`, data, final };
    stream.add(event);
    this.bytes += sizeOf(event);
    this.byUse.delete(stream);
    this.byUse.add(stream);
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
    return stream.from(stream.placeAfter(after), signal);
  }

  async remove(sessionId: string): Promise<void> {
    for (const stream of this.sessions.get(sessionId)?.values() ?? []) this.close(stream);
  }

  /** Sets the timer again, where there is anything to throw out. */
  wake(): void {
    if (this.hasEnded()) this.sweeper.wake();
  }

  /** Clears the timer; what is held stays. */
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

  private open(key: StreamKey): LoggedStream {
    const stream = new LoggedStream(key);
    const streams = this.sessions.get(key.session) ?? new Map<string, LoggedStream>();
    this.sessions.set(key.session, streams.set(key.stream, stream));
    return stream;
  }

  private close(stream: LoggedStream): void {
    for (const event of stream.clear()) this.bytes -= sizeOf(event);
    this.byUse.delete(stream);
    const streams = this.sessions.get(stream.key.session);
    streams?.delete(stream.key.stream);
    if (streams?.size === 0) this.sessions.delete(stream.key.session);
  }

  private trim(current: LoggedStream): void {
    while (current.length > this.options.eventsPerStream) this.dropOldest(current);
    for (const stream of this.byUse) {
      if (this.bytes <= this.options.totalBytes) return;
      if (stream !== current) this.close(stream);
    }
    while (this.bytes > this.options.totalBytes && current.length > 1) this.dropOldest(current);
  }

  private dropOldest(stream: LoggedStream): void {
    const event = stream.drop();
    if (event !== undefined) this.bytes -= sizeOf(event);
  }

  private sweep(): boolean {
    for (const stream of this.byUse) if (this.isOver(stream)) this.close(stream);
    return this.hasEnded();
  }

  private hasEnded(): boolean {
    return [...this.byUse].some(({ endedAt }) => endedAt !== undefined);
  }
}

function sizeOf({ data }: LoggedEvent): number {
  return Buffer.byteLength(data) + EVENT_OVERHEAD;
}
