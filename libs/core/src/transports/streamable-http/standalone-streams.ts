import { Inject, Injectable, type MessageEvent } from '@nestjs/common';
import { Observable, type Subscriber } from 'rxjs';
import type { JointBackplane } from '../../backplane/joint-backplane.js';
import { eventIdOf, readEventId } from '../../backplane/event-id.js';
import type {
  EventLog,
  LoggedEvent,
  StreamKey,
} from '../../interfaces/backplane/event-log.interface.js';
import { EventsExpiredError } from '../../backplane/events-expired.error.js';
import type { HttpExchange } from '../../interfaces/http-exchange.interface.js';
import { rawResponse } from '../../interfaces/http-exchange.interface.js';
import type { McpSettings } from '../../interfaces/mcp-settings.interface.js';
import { MCP_BACKPLANE, MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { CANNOT_RESUME, STREAM_TAKEN } from '../../messages/refusal.messages.js';
import { OpenStreams } from '../../session/open-streams.js';
import type { Session } from '../../session/session.js';
import { Refusal } from '../http/refusal.js';
import { isAnonymous } from '../http/stream-owner.js';
import { responseEnd } from '../http/response-end.js';
import { newStreamName } from './event-sink.js';

/** What one GET reads: events of one stream, behind a cursor. */
interface Reading {
  readonly key: StreamKey;
  readonly cursor: string;
  readonly events: AsyncIterable<LoggedEvent>;
  readonly leave: AbortController;
}

type Events = Subscriber<MessageEvent>;

/** The event streams of GET: messages of a session that belong to no POST, and POSTs' streams that are resumed. */
@Injectable()
export class StandaloneStreams {
  /** Name of the stream that belongs to no POST, for each session that has opened it. */
  private readonly names = new WeakMap<Session, string>();
  private readonly open = new WeakMap<Session, () => void>();

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    @Inject(MCP_BACKPLANE) private readonly joint: JointBackplane,
    private readonly streams: OpenStreams,
  ) {}

  /**
   * The session's stream from now on. Whoever has proved to be the same user takes its own earlier place;
   * an anonymous one may be somebody else.
   * @throws Refusal 409 when one is open, and its holder is anonymous.
   */
  async fresh(session: Session, exchange: HttpExchange): Promise<Observable<MessageEvent>> {
    if (this.open.has(session) && isAnonymous(session)) throw new Refusal(409, STREAM_TAKEN);
    const { log } = this.joint.plane;
    if (log === undefined) return this.connected(session, exchange, (to) => this.live(session, to));
    const key = this.keyOf(session);
    const cursor = await log.append(key, '', { final: false });
    return this.own(session, exchange, log, key, cursor);
  }

  /**
   * The stream that an event id names, behind that event. Ids of other sessions lead nowhere, since the
   * session is part of the key.
   * @throws Refusal 400 when it cannot be resumed from there without a gap.
   */
  async resumed(
    session: Session,
    exchange: HttpExchange,
    lastEventId: string,
  ): Promise<Observable<MessageEvent>> {
    const { log } = this.joint.plane;
    const place = readEventId(lastEventId);
    if (log === undefined || place === undefined) throw new Refusal(400, CANNOT_RESUME);
    const key = { session: session.id, stream: place.stream };
    if (place.stream === this.names.get(session))
      return this.own(session, exchange, log, key, place.entry);
    const reading = await read(log, key, place.entry);
    return this.connected(session, exchange, (to) => this.replay(reading, to), false);
  }

  private keyOf(session: Session): StreamKey {
    const stream = this.names.get(session) ?? newStreamName();
    this.names.set(session, stream);
    return { session: session.id, stream };
  }

  /** The session's own stream by way of the log: what is written there while no client reads is not lost. */
  private async own(
    session: Session,
    exchange: HttpExchange,
    log: EventLog,
    key: StreamKey,
    cursor: string,
  ): Promise<Observable<MessageEvent>> {
    const reading = await read(log, key, cursor);
    return this.connected(session, exchange, (to) => {
      const stop = this.replay(reading, to);
      const detach = session.attach((message) => {
        log.append(key, message, { final: false }).catch(() => to.complete());
      });
      return () => {
        detach();
        stop();
      };
    });
  }

  private live(session: Session, to: Events): () => void {
    to.next({ comment: 'open' });
    return session.attach((data) => to.next({ type: 'message', id: '', data }));
  }

  private connected(
    session: Session,
    { response }: HttpExchange,
    begin: (to: Events) => () => void,
    isOwn = true,
  ): Observable<MessageEvent> {
    return new Observable((to) => {
      const end = (): void => to.complete();
      if (isOwn) {
        this.open.get(session)?.();
        this.open.set(session, end);
      }
      const keepAlive = setInterval(
        () => to.next({ comment: 'keep-alive' }),
        this.settings.streamableHttp.keepAliveMs,
      );
      const leaves = [
        begin(to),
        session.hold(),
        session.whenClosed(end),
        this.streams.add({ end: () => responseEnd(rawResponse(response), end) }),
      ];
      return () => {
        clearInterval(keepAlive);
        for (const leave of leaves) leave();
        if (this.open.get(session) === end) this.open.delete(session);
      };
    });
  }

  /** The first frame of every connection has an id, so that a client that loses it at once can still resume. */
  private replay({ key, cursor, events, leave }: Reading, to: Events): () => void {
    to.next({
      id: eventIdOf(key.stream, cursor),
      retry: this.settings.streamableHttp.retryMs,
      data: '',
    });
    void this.pump(key, events, to);
    return () => leave.abort();
  }

  private async pump(
    key: StreamKey,
    events: AsyncIterable<LoggedEvent>,
    to: Events,
  ): Promise<void> {
    try {
      for await (const { id, data } of events)
        if (data !== '') to.next({ type: 'message', id: eventIdOf(key.stream, id), data });
    } catch {
      // Expired or cut off: the stream ends, and the client learns of it when it tries to resume.
    }
    to.complete();
  }
}

async function read(log: EventLog, key: StreamKey, cursor: string): Promise<Reading> {
  const leave = new AbortController();
  try {
    return { key, cursor, leave, events: await log.read(key, cursor, leave.signal) };
  } catch (error) {
    if (error instanceof EventsExpiredError) throw new Refusal(400, CANNOT_RESUME);
    throw error;
  }
}
