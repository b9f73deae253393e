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

/** HTTP+SSE (2024-11-05 transports): sessions, their streams, and what travels between them and the engine. */
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
    this.streamEndpoint = { path: settings.sse.path, methods: ['GET'] };
    this.messagesEndpoint = { path: settings.sse.messagesPath, methods: ['POST'] };
    if (!settings.sse.isOn) return;
    this.endpoints.add(this.streamEndpoint);
    this.endpoints.add(this.messagesEndpoint);
  }

  /** Path of the event stream as clients see it, global prefix included; undefined when it is switched off. */
  get fullPath(): string | undefined {
    return this.settings.sse.isOn ? this.endpoints.fullPath(this.streamEndpoint) : undefined;
  }

  /**
   * The event stream of a new session. Nothing exists until the client is connected.
   * @throws Refusal 503 or 429 when there are too many, 414 when its query is too long to be carried on.
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
   * Takes a message for a session.
   * @throws Refusal 404, 400 or 429; then nothing has been done.
   */
  async acceptMessage(exchange: HttpExchange): Promise<void> {
    const { message } = this.gate.takeAdmission(exchange);
    const id = queriedSessionId(exchange.request);
    const session = await this.sessionGate.find(id, 'sse', exchange.request, message);
    if (message === undefined) return;
    const messages = this.sessionGate.admit(message, session, exchange);
    if (!session.hasRevision && messages.some(isBehindInitialize)) this.presume(session, exchange);
    this.sessionGate.dispatchMessages(
      messages,
      session,
      new SessionOutlet(session, this.shared),
      exchange,
    );
  }

  /** The client is told where to post once every node can find the session: its first POST may come to any. */
  private async begin(session: Session, endpoint: string, stream: SseStream): Promise<void> {
    await this.shared.register(session);
    if (session.isClosed) return;
    stream.send('endpoint', endpoint);
    const { hasCapacity } = stream;
    const channel = (message: string): void => stream.send('message', message);
    session.whenClosed(session.attach(Object.assign(channel, { hasCapacity })));
  }

  /**
   * A client that names a revision may have been initialized on an earlier stream, and need not send anything.
   * Anyone else has to send a request in time, or would hold a stream for nothing.
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
    return deadlines.after(this.settings.limits.initializeMs, () => {
      if (!session.hasRevision) end();
    });
  }

  /**
   * A client that reopens a dropped stream goes on where it was, whether or not it names its revision. The node
   * that holds the stream has to know of it: it waits for a request.
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

function isBehindInitialize(message: JsonRpcMessage): boolean {
  return message.kind === 'request' && message.method !== 'initialize';
}
