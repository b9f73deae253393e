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
  STREAM_ALREADY_OPEN,
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

/** What one GET reads: the events of one stream after a cursor. */
interface Reading {
  readonly key: StreamKey;
  readonly cursor: string;
  readonly events: AsyncIterable<LoggedEvent>;
  readonly leave: AbortController;
}

/**
 * The event streams of GET: the standalone stream of a session, which carries messages that belong to no
 * POST, and the streams of POSTs that a client resumes.
 */
@Injectable()
export class StandaloneStreams {
  /** Name of the standalone stream of each session that has opened one. */
  private readonly names = new WeakMap<Session, string>();
  private readonly open = new WeakMap<Session, () => void>();

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    @Inject(MCP_BACKPLANE) private readonly joint: JointBackplane,
    private readonly streams: OpenStreams,
    private readonly responses: RawResponseFactory,
  ) {}

  /**
   * Opens the standalone stream of a session. A known principal replaces its open stream. An anonymous caller
   * cannot, because it may be another client. If there is no event log, or the log does not respond, the
   * client loses the messages that it misses.
   * @throws Refusal 409 when an anonymous session has a stream open, 404 when the session has ended meanwhile
   */
  async openNew(session: Session, exchange: HttpExchange): Promise<Observable<MessageEvent>> {
    this.checkFree(session);
    const { log } = this.joint.plane;
    const position = { key: this.keyOf(session), owner: logOwner(session, exchange.request) };
    const cursor = log && (await appendStart(log, position));
    if (log === undefined || cursor === undefined)
      return this.streamTo(session, exchange, (to) => this.attachDirect(session, to), 'new');
    if (session.isClosed) {
      await log.remove(session.id);
      throw new Refusal(404, SESSION_NOT_FOUND);
    }
    return this.streamTo(
      session,
      exchange,
      (to) =>
        this.attachLogged(session, new LoggedEvents(to, log, position), position.key, cursor, to),
      'new',
    );
  }

  /**
   * Resumes a stream after an event. Event ids of other sessions find nothing, because the session is part of
   * the key. A client with an event id of the standalone stream has read that stream, so it replaces the open
   * one.
   * @throws Refusal 400 when the stream cannot be resumed without a gap, 503 when the log does not respond
   */
  async resume(
    session: Session,
    exchange: HttpExchange,
    lastEventId: string,
  ): Promise<Observable<MessageEvent>> {
    const { log } = this.joint.plane;
    const position = readEventId(lastEventId);
    if (log === undefined || position === undefined) throw new Refusal(400, CANNOT_RESUME);
    const { stream, entry } = position;
    const reading = await read(log, { session: session.id, stream }, entry);
    if (!isStreamOf('own', stream))
      return this.streamTo(
        session,
        exchange,
        (to) => this.replay(session, reading, to),
        'replayed',
      );
    this.names.set(session, stream);
    const owner = logOwner(session, exchange.request);
    return this.streamTo(
      session,
      exchange,
      (to) => this.attachResumed(session, log, { ...reading, owner }, to),
      'resumed',
    );
  }

  private checkFree(session: Session): void {
    if (this.open.has(session) && isAnonymous(session)) throw new Refusal(409, STREAM_ALREADY_OPEN);
  }

  private keyOf(session: Session): StreamKey {
    const stream = this.names.get(session) ?? newStreamName('own');
    this.names.set(session, stream);
    return { session: session.id, stream };
  }

  /** The standalone stream: each message is logged, so that it can be resumed, and sent at once. */
  private attachLogged(
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
   * The resumed standalone stream. It reads from the log, because the previous connection may still be
   * writing to it. A message that the log refuses is sent without an id.
   */
  private attachResumed(
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

  private attachDirect(session: Session, to: NestEventStream): () => void {
    return session.attach((data) => to.event(data));
  }

  private streamTo(
    session: Session,
    { request, response }: HttpExchange,
    begin: (to: NestEventStream) => () => void,
    kind: 'new' | 'resumed' | 'replayed',
  ): Observable<MessageEvent> {
    return new Observable((subscriber) => {
      // Another GET may have opened the stream while the log was read. Nothing has been sent yet, so the
      // response can still be a refusal.
      if (kind === 'new') this.checkFree(session);
      const to = this.responses.events(response, ownerOf(session, request), subscriber);
      const end = (): void => to.end();
      if (kind !== 'replayed') {
        this.open.get(session)?.();
        this.open.set(session, end);
      }
      const keepAlive = deadlines
        .every(this.settings.streamableHttp.keepAliveMs, () => to.keepAlive())
        .unref();
      const leaves = [
        begin(to),
        session.hold(),
        session.whenClosed(end),
        this.streams.add({
          end: () => {
            this.sendRetry(session, to);
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

  /**
   * Sends the time to wait before reconnecting, since the server ends the connection. Clients of earlier
   * revisions do not read it.
   */
  private sendRetry({ peer }: Session, to: NestEventStream): void {
    if (comesBack(peer.protocolVersion)) to.retry(this.settings.streamableHttp.retryMs);
  }

  /**
   * Sends an event with an id first on every connection, so that a client that loses the connection at once
   * can still resume. Clients of earlier revisions get none, because they would read its data as a message.
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
      // The events have expired, or the log has failed. The stream ends, and the client gets an error when it
      // tries to resume.
    }
    to.end();
  }
}

/**
 * Appends an empty event and returns its id, after which a reader begins; undefined if the log does not
 * respond.
 */
async function appendStart(
  log: EventLog,
  { key, owner }: LogPosition,
): Promise<EventId | undefined> {
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
