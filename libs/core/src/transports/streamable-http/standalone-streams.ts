import { Inject, Injectable, type MessageEvent } from '@nestjs/common';
import { Observable } from 'rxjs';
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
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
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
import { Refusal, tooMany } from '../shared/refusal.js';
import type { NestEventStream } from '../http/responses/nest-event-stream.js';
import { isAnonymous, ownerOf } from '../shared/stream-owner.js';
import { responseEnd } from '../http/responses/response-end.js';
import { RawResponseFactory } from '../http/responses/raw-response.factory.js';
import { logOwner } from './responses/log-owner.js';
import { LoggedEvents, type LogPosition } from './responses/logged-events.js';
import { isStreamOf, newStreamName } from './responses/stream-name.js';
import { deadlines } from '../../runtime/deadlines.js';
import { runGuarded } from '../../runtime/guarded.js';

/** What one GET reads: events of one stream, behind a cursor. */
interface Reading {
  readonly key: StreamKey;
  readonly cursor: string;
  readonly events: AsyncIterable<LoggedEvent>;
  readonly leave: AbortController;
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
    private readonly responses: RawResponseFactory,
  ) {}

  /**
   * The session's stream from now on. Whoever has proved to be the same user takes its own earlier place;
   * an anonymous one may be somebody else. Without a log that answers, what the client misses is lost.
   * @throws Refusal 409 when one is open, and its holder is anonymous; 404 when the session ended meanwhile.
   */
  async fresh(session: Session, exchange: HttpExchange): Promise<Observable<MessageEvent>> {
    this.checkFree(session);
    const { log } = this.joint.plane;
    const place = { key: this.keyOf(session), owner: logOwner(session, exchange.request) };
    const cursor = log && (await begun(log, place));
    if (log === undefined || cursor === undefined)
      return this.connected(session, exchange, (to) => this.live(session, to), 'fresh');
    if (session.isClosed) {
      await log.remove(session.id);
      throw new Refusal(404, SESSION_NOT_FOUND);
    }
    return this.connected(
      session,
      exchange,
      (to) => this.own(session, new LoggedEvents(to, log, place), place.key, cursor, to),
      'fresh',
    );
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
    const owner = logOwner(session, exchange.request);
    return this.connected(
      session,
      exchange,
      (to) => this.again(session, log, { ...reading, owner }, to),
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

  /** The session's own stream: logged, so that it can be resumed, and sent at once. */
  private own(
    session: Session,
    events: LoggedEvents,
    { stream }: StreamKey,
    cursor: EventId,
    to: NestEventStream,
  ): () => void {
    this.prime(session, eventIdOf(stream, cursor), to);
    return session.attach((message) => events.write(message));
  }

  /**
   * The session's own stream, resumed: by way of the log, which the connection before may not have written to
   * for the last time. What the log does not take is sent without an id.
   */
  private again(
    session: Session,
    log: EventLog,
    { owner, ...reading }: Reading & LogPosition,
    to: NestEventStream,
  ): () => void {
    const stop = this.replay(session, reading, to);
    const detach = session.attach((message) => {
      log.append(reading.key, message, { final: false, owner }).catch(() => to.event(message));
    });
    return () => {
      detach();
      stop();
    };
  }

  private live(session: Session, to: NestEventStream): () => void {
    return session.attach((data) => to.event(data));
  }

  private connected(
    session: Session,
    { request, response }: HttpExchange,
    begin: (to: NestEventStream) => () => void,
    kind: 'fresh' | 'resumed' | 'replayed',
  ): Observable<MessageEvent> {
    return new Observable((subscriber) => {
      // Another GET can have come first while the log was asked. Nothing is sent yet: this is still a refusal.
      if (kind === 'fresh') this.checkFree(session);
      const to = this.responses.events(response, ownerOf(session, request), subscriber);
      const end = (): void => to.end();
      if (kind !== 'replayed') {
        this.open.get(session)?.();
        this.open.set(session, end);
      }
      const keepAlive = deadlines.every(this.settings.streamableHttp.keepAliveMs, () =>
        to.keepAlive(),
      );
      const leaves = [
        begin(to),
        session.hold(),
        session.whenClosed(end),
        this.streams.add({
          end: () => {
            this.sendBack(session, to);
            return responseEnd(rawResponse(response), end);
          },
        }),
      ];
      to.open();
      return () => {
        keepAlive.stop();
        for (const leave of leaves) leave();
        if (this.open.get(session) === end) this.open.delete(session);
      };
    });
  }

  /** Says when to come back, to clients that read it, as the server ends the connection by itself. */
  private sendBack({ peer }: Session, to: NestEventStream): void {
    if (comesBack(peer.protocolVersion)) to.retry(this.settings.streamableHttp.retryMs);
  }

  /**
   * The first event of every connection has an id, so that a client that loses it at once can still resume.
   * Clients of earlier revisions would take its data for a message.
   */
  private prime({ peer }: Session, id: string, to: NestEventStream): void {
    if (comesBack(peer.protocolVersion)) to.prime(id);
  }

  private replay(
    session: Session,
    { key, cursor, events, leave }: Reading,
    to: NestEventStream,
  ): () => void {
    this.prime(session, eventIdOf(key.stream, cursor), to);
    runGuarded(() => this.pump(key, events, to));
    return () => leave.abort();
  }

  private async pump(
    key: StreamKey,
    events: AsyncIterable<LoggedEvent>,
    to: NestEventStream,
  ): Promise<void> {
    try {
      for await (const { id, data } of events)
        if (data !== '') to.event(data, eventIdOf(key.stream, id));
    } catch {
      // Expired or cut off: the stream ends, and the client learns of it when it tries to resume.
    }
    to.end();
  }
}

/** The place in a stream where a reader begins; undefined when the log does not answer. */
async function begun(log: EventLog, { key, owner }: LogPosition): Promise<EventId | undefined> {
  try {
    return await log.append(key, '', { final: false, owner });
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
