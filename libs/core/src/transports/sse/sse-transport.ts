import type { MessageEvent } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { Observable, type Subscriber } from 'rxjs';
import type { HttpExchange, HttpRequest } from '../../interfaces/http-exchange.interface.js';
import { rawResponse } from '../../interfaces/http-exchange.interface.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import type { JsonRpcMessage } from '../../protocol/json-rpc.js';
import { isSessionRevision, OLDEST_SESSION_REVISION } from '../../protocol/revisions.js';
import { ServerCapabilities } from '../../server/server-capabilities.js';
import { OpenStreams } from '../../session/open-streams.js';
import type { Session } from '../../session/session.js';
import { SharedSessions } from '../../session/shared-sessions.js';
import { SessionRegistry } from '../../session/session.registry.js';
import { type Endpoint, EndpointTable } from '../http/routing/endpoint-table.js';
import type { EventWriter } from '../http/responses/event-writer.js';
import { SSE_HELP } from '../http/help/help-page.js';
import { HttpGate } from '../http/gates/http-gate.js';
import { Principals } from '../shared/principals.js';
import { RawResponseFactory } from '../http/responses/raw-response.factory.js';
import { responseEnd } from '../http/responses/response-end.js';
import { SessionGate } from '../shared/session-gate.js';
import { queriedSessionId } from '../http/gates/session-id.js';
import { StreamQuota } from '../http/quotas/stream-quota.js';
import { streamOwner } from '../shared/stream-owner.js';
import { pathParametersOf } from '../shared/path-parameters.js';
import { messageEndpoint } from './message-endpoint.js';
import { SessionOutlet } from './session-outlet.js';
import { type SseStream, sseStream } from './sse-stream.js';
import { type Deadline, deadlines } from '../../runtime/deadlines.js';
import { runGuarded } from '../../runtime/guarded.js';

/**
 * HTTP+SSE (2024-11-05 transports): the sessions, their event streams, and the messages between the streams
 * and the dispatcher.
 */
@Injectable()
export class SseTransport {
  private readonly streamEndpoint: Endpoint;
  private readonly messagesEndpoint: Endpoint;

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly endpoints: EndpointTable,
    private readonly gate: HttpGate,
    private readonly streamQuota: StreamQuota,
    private readonly principals: Principals,
    private readonly sessions: SessionRegistry,
    private readonly shared: SharedSessions,
    private readonly streams: OpenStreams,
    private readonly sessionGate: SessionGate,
    private readonly capabilities: ServerCapabilities,
    private readonly responses: RawResponseFactory,
  ) {
    this.streamEndpoint = {
      path: settings.sse.path,
      methods: ['GET'],
      helpPage: settings.helpPage ? SSE_HELP : undefined,
    };
    this.messagesEndpoint = { path: settings.sse.messagesPath, methods: ['POST'] };
    if (!settings.sse.isOn) return;
    this.endpoints.add(this.streamEndpoint);
    this.endpoints.add(this.messagesEndpoint);
  }

  /** Path of the event stream as clients see it, with the global prefix; undefined if the transport is off. */
  get fullPath(): string | undefined {
    return this.settings.sse.isOn ? this.endpoints.fullPath(this.streamEndpoint) : undefined;
  }

  /**
   * Returns the event stream of a new session. The session is created when the stream is subscribed to.
   * @throws Refusal 503 or 429 when there are too many streams, 414 when the query of the URL is too long
   */
  openStream({ request, response }: HttpExchange): Observable<MessageEvent> {
    this.gate.admitted({ request, response });
    const owner = streamOwner(request, this.principals);
    this.streamQuota.check(owner);
    const endpointOf = this.messageEndpoint(request);
    const writerFor = (to: Subscriber<MessageEvent>): EventWriter =>
      this.responses.events(response, owner, to);
    return sseStream(this.settings.sse.keepAliveMs, writerFor, (stream) => {
      const session = this.sessions.openSession({
        transport: 'sse',
        principal: owner.principal,
        pathParameters: pathParametersOf(request),
        holder: this.shared.nodeId,
      });
      const leaves = [
        this.streamQuota.enter(owner),
        this.streams.add({ end: () => responseEnd(rawResponse(response), stream.end) }),
        session.whenClosed(stream.end),
        session.hold(),
      ];
      const expiry = this.expectRequest(session, request, stream.end);
      runGuarded(() => this.begin(session, endpointOf(session.id), stream));
      return () => {
        expiry?.stop();
        for (const leave of leaves) leave();
        runGuarded(() => this.shared.end(session, new Error('The client left')));
      };
    });
  }

  /**
   * Receives a message for a session.
   * @throws Refusal 400, 404, 429 or 503; the message has not been processed then
   */
  async acceptMessage(exchange: HttpExchange): Promise<void> {
    const { message } = this.gate.takeAdmission(exchange);
    const id = queriedSessionId(exchange.request);
    const session = await this.sessionGate.find(id, 'sse', exchange.request, message);
    if (message === undefined) return;
    const messages = this.sessionGate.admit(message, session, exchange);
    if (!session.hasRevision && messages.some(needsRevision)) this.presume(session, exchange);
    this.sessionGate.dispatchMessages(
      messages,
      session,
      new SessionOutlet(session, this.shared),
      exchange,
    );
  }

  /**
   * Registers the session, and only then sends the client the URL for its messages: the first POST may go to
   * any node, and each node must find the session.
   */
  private async begin(session: Session, endpoint: string, stream: SseStream): Promise<void> {
    await this.shared.register(session);
    if (session.isClosed) return;
    stream.send('endpoint', endpoint);
    const { hasCapacity } = stream;
    const channel = (message: string): void => stream.send('message', message);
    session.whenClosed(session.attach(Object.assign(channel, { hasCapacity })));
  }

  /**
   * A client whose request names a revision may have initialized the session on an earlier stream, and need
   * not send a request. For any other client, starts the deadline for its first request, so that it cannot
   * hold a stream without using it.
   */
  private expectRequest(
    session: Session,
    { headers }: HttpRequest,
    end: () => void,
  ): Deadline | undefined {
    const version = headers['mcp-protocol-version'];
    if (isSessionRevision(version)) {
      session.presume(version, this.capabilities.announcedLists());
      return undefined;
    }
    return deadlines
      .after(this.settings.limits.initializeMs, () => {
        if (!session.hasRevision) end();
      })
      .unref();
  }

  /**
   * Assumes that a client without `initialize` has reopened a dropped stream, and continues with the revision
   * that it names or with the oldest. The session is published, because the node that holds the stream waits
   * for the first request.
   */
  private presume(session: Session, { request }: HttpExchange): void {
    const version = request.headers['mcp-protocol-version'];
    const revision = isSessionRevision(version) ? version : OLDEST_SESSION_REVISION;
    session.presume(revision, this.capabilities.announcedLists());
    runGuarded(() => this.shared.publish(session));
  }

  private messageEndpoint(request: HttpRequest): (sessionId: string) => string {
    const paths = {
      stream: this.endpoints.fullPath(this.streamEndpoint),
      messages: this.endpoints.fullPath(this.messagesEndpoint),
    };
    return messageEndpoint(this.settings.sse.endpoint, paths, request);
  }
}

function needsRevision(message: JsonRpcMessage): boolean {
  return message.kind === 'request' && message.method !== 'initialize';
}
