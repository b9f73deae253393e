import { Inject, Injectable, type MessageEvent } from '@nestjs/common';
import { Observable, type Subscriber } from 'rxjs';
import type { JointBackplane } from '../../backplane/joint-backplane.js';
import { eventIdOf, readEventId } from '../../backplane/event-id.js';
import type {
  EventId,
  EventLog,
  LoggedEvent,
  StreamKey,
} from '../../interfaces/backplane/event-log.interface.js';
import { BackplaneUnavailableError } from '../../backplane/backplane-unavailable.error.js';
import { EventsExpiredError } from '../../backplane/events-expired.error.js';
import type { HttpExchange } from '../../interfaces/http-exchange.interface.js';
import { rawResponse } from '../../interfaces/http-exchange.interface.js';
import type { McpSettings } from '../../interfaces/mcp-settings.interface.js';
import { MCP_BACKPLANE, MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import {
  BACKPLANE_DOWN,
  CANNOT_RESUME,
  SESSION_NOT_FOUND,
  STREAM_TAKEN,
} from '../../messages/refusal.messages.js';
import { comesBack } from '../../protocol/revisions.js';
import { OpenStreams } from '../../session/open-streams.js';
import type { Session } from '../../session/session.js';
import { Refusal, tooMany } from '../http/refusal.js';
import { isAnonymous } from '../http/stream-owner.js';
import { responseEnd } from '../http/response-end.js';
import { isStreamOf, newStreamName } from './stream-name.js';
import { deadlines } from '../../runtime/deadlines.js';

/** What one GET reads: events of one stream, behind a cursor. */
interface Reading {
  readonly key: StreamKey;
  readonly cursor: string;
  readonly events: AsyncIterable<LoggedEvent>;
  readonly leave: AbortController;
}

type Events = Subscriber<MessageEvent>;

/** Does nothing where there is nothing to resume from. */
const NO_ID = '';

/** Nest sends the head of a response with the first event. */
const OPEN: MessageEvent = { comment: 'open' };

/** The stream of one GET. */
interface Connection {
  readonly to: Events;
  /** Id of the last event that was sent on it. */
  lastId: string;
}

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
   * an anonymous one may be somebody else. Without a log that answers, what the client misses is lost.
   * @throws Refusal 409 when one is open, and its holder is anonymous; 404 when the session ended meanwhile.
   */
  async fresh(session: Session, exchange: HttpExchange): Promise<Observable<MessageEvent>> {
    this.checkFree(session);
    const { log } = this.joint.plane;
    const key = this.keyOf(session);
    const cursor = log && (await begun(log, key));
    if (log === undefined || cursor === undefined)
      return this.connected(session, exchange, (to) => this.live(session, to), 'fresh');
    if (session.isClosed) {
      await log.remove(session.id);
      throw new Refusal(404, SESSION_NOT_FOUND);
    }
    const reading = await read(log, key, cursor);
    return this.connected(session, exchange, (to) => this.own(session, log, reading, to), 'fresh');
  }

  /**
   * The stream that an event id names, behind that event. Ids of other sessions lead nowhere, since the
   * session is part of the key. Whoever has an id of the session's own stream has read it, and takes its place.
   * @throws Refusal 400 when it cannot be resumed from there without a gap, 503 when the log does not answer.
   */
  async resumed(
    session: Session,
    exchange: HttpExchange,
    lastEventId: string,
  ): Promise<Observable<MessageEvent>> {
    const { log } = this.joint.plane;
    const place = readEventId(lastEventId);
    if (log === undefined || place === undefined) throw new Refusal(400, CANNOT_RESUME);
    const { stream, entry } = place;
    const reading = await read(log, { session: session.id, stream }, entry);
    if (!isStreamOf('own', stream))
      return this.connected(
        session,
        exchange,
        (to) => this.replay(session, reading, to),
        'replayed',
      );
    this.names.set(session, stream);
    return this.connected(
      session,
      exchange,
      (to) => this.own(session, log, reading, to),
      'resumed',
    );
  }

  private checkFree(session: Session): void {
    if (this.open.has(session) && isAnonymous(session)) throw new Refusal(409, STREAM_TAKEN);
  }

  private keyOf(session: Session): StreamKey {
    const stream = this.names.get(session) ?? newStreamName('own');
    this.names.set(session, stream);
    return { session: session.id, stream };
  }

  /** The session's own stream by way of the log: what is written there while no client reads is not lost. */
  private own(
    session: Session,
    log: EventLog,
    reading: Reading,
    connection: Connection,
  ): () => void {
    const stop = this.replay(session, reading, connection);
    const detach = session.attach((message) => {
      log.append(reading.key, message, { final: false }).catch(() => connection.to.complete());
    });
    return () => {
      detach();
      stop();
    };
  }

  private live(session: Session, { to }: Connection): () => void {
    to.next(OPEN);
    return session.attach((data) => to.next({ type: 'message', id: NO_ID, data }));
  }

  private connected(
    session: Session,
    { response }: HttpExchange,
    begin: (connection: Connection) => () => void,
    kind: 'fresh' | 'resumed' | 'replayed',
  ): Observable<MessageEvent> {
    return new Observable((to) => {
      // Another GET can have come first while the log was asked. Nothing is sent yet: this is still a refusal.
      if (kind === 'fresh') this.checkFree(session);
      const connection: Connection = { to, lastId: NO_ID };
      const end = (): void => to.complete();
      if (kind !== 'replayed') {
        this.open.get(session)?.();
        this.open.set(session, end);
      }
      const keepAlive = deadlines.every(this.settings.streamableHttp.keepAliveMs, () =>
        to.next({ comment: 'keep-alive' }),
      );
      const leaves = [
        begin(connection),
        session.hold(),
        session.whenClosed(end),
        this.streams.add({
          end: () => {
            this.sendBack(session, connection);
            return responseEnd(rawResponse(response), end);
          },
        }),
      ];
      return () => {
        keepAlive.stop();
        for (const leave of leaves) leave();
        if (this.open.get(session) === end) this.open.delete(session);
      };
    });
  }

  /** Says when to come back, to clients that read it, as the server ends the connection by itself. */
  private sendBack({ peer }: Session, { to, lastId }: Connection): void {
    const { retryMs } = this.settings.streamableHttp;
    if (comesBack(peer.protocolVersion)) to.next({ id: lastId, retry: retryMs });
  }

  /**
   * The first event of every connection has an id, so that a client that loses it at once can still resume.
   * Clients of earlier revisions would take its data for a message.
   */
  private replay(
    { peer }: Session,
    { key, cursor, events, leave }: Reading,
    connection: Connection,
  ): () => void {
    connection.lastId = eventIdOf(key.stream, cursor);
    connection.to.next(
      comesBack(peer.protocolVersion) ? { id: connection.lastId, data: '' } : OPEN,
    );
    void this.pump(key, events, connection);
    return () => leave.abort();
  }

  private async pump(
    key: StreamKey,
    events: AsyncIterable<LoggedEvent>,
    connection: Connection,
  ): Promise<void> {
    try {
      for await (const { id, data } of events) {
        if (data === '') continue;
        connection.lastId = eventIdOf(key.stream, id);
        connection.to.next({ type: 'message', id: connection.lastId, data });
      }
    } catch {
      // Expired or cut off: the stream ends, and the client learns of it when it tries to resume.
    }
    connection.to.complete();
  }
}

/** The place in a stream where a reader begins; undefined when the log does not answer. */
async function begun(log: EventLog, key: StreamKey): Promise<EventId | undefined> {
  try {
    return await log.append(key, '', { final: false });
  } catch {
    return undefined;
  }
}

async function read(log: EventLog, key: StreamKey, cursor: string): Promise<Reading> {
  const leave = new AbortController();
  try {
    return { key, cursor, leave, events: await log.read(key, cursor, leave.signal) };
  } catch (error) {
    if (error instanceof EventsExpiredError) throw new Refusal(400, CANNOT_RESUME);
    if (error instanceof BackplaneUnavailableError) throw tooMany(503, BACKPLANE_DOWN);
    throw error;
  }
}
