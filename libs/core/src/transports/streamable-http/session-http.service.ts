import { Inject, Injectable, type MessageEvent } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { JointBackplane } from '../../backplane/joint-backplane.js';
import type { HttpExchange, HttpRequest } from '../../interfaces/http-exchange.interface.js';
import { MCP_BACKPLANE } from '../../interfaces/mcp.tokens.js';
import { ALREADY_INITIALIZED } from '../../messages/call.messages.js';
import { SESSION_ID_MISSING } from '../../messages/refusal.messages.js';
import { UNSUPPORTED_VERSION } from '../../messages/stateless.messages.js';
import type { JsonRpcMessage, JsonRpcPost, JsonRpcRequest } from '../../protocol/json-rpc.js';
import { comesBack, isSessionRevision, STATELESS_REVISION } from '../../protocol/revisions.js';
import { SessionDispatcher } from '../../server/session-dispatcher.js';
import { Drain } from '../../session/drain.js';
import type { Session } from '../../session/session.js';
import { SharedSessions } from '../../session/shared-sessions.js';
import { SessionRegistry } from '../../session/session.registry.js';
import { Principals } from '../shared/principals.js';
import { Refusal, shuttingDown } from '../shared/refusal.js';
import { pathParametersOf } from '../shared/path-parameters.js';
import { SessionGate } from '../shared/session-gate.js';
import { headerSessionId } from '../http/gates/session-id.js';
import { ownerOf, streamOwner } from '../shared/stream-owner.js';
import { StreamQuota } from '../http/quotas/stream-quota.js';
import { RawResponseFactory } from '../http/responses/raw-response.factory.js';
import type { RawResponse } from '../http/responses/raw-response.js';
import { DirectSink, type EventSink, LoggedSink } from './responses/event-sink.js';
import { InitializeResponse } from './responses/initialize-response.js';
import { PostOutlets } from './responses/post-outlets.js';
import { logOwner } from './responses/log-owner.js';
import { SessionQuota } from './session-quota.js';
import { StandaloneStreams } from './standalone-streams.js';
import { runGuarded } from '../../runtime/guarded.js';

/** Streamable HTTP of the session revisions (2025-03-26 to 2025-11-25 transports). */
@Injectable()
export class SessionHttpService {
  constructor(
    @Inject(MCP_BACKPLANE) private readonly joint: JointBackplane,
    private readonly drain: Drain,
    private readonly responses: RawResponseFactory,
    private readonly outlets: PostOutlets,
    private readonly sessions: SessionRegistry,
    private readonly shared: SharedSessions,
    private readonly gate: SessionGate,
    private readonly principals: Principals,
    private readonly quota: SessionQuota,
    private readonly streamQuota: StreamQuota,
    private readonly dispatcher: SessionDispatcher,
    private readonly standalone: StandaloneStreams,
  ) {}

  /**
   * Handles a POST.
   * @throws Refusal 400, 404, 429 or 503; no message has been processed then
   */
  async post(post: JsonRpcPost, exchange: HttpExchange): Promise<void> {
    if (post.kind === 'request' && post.method === 'initialize')
      return this.initialize(post, exchange);
    const session = await this.sessionOf(exchange.request, post);
    const messages = this.gate.admit(post, session, exchange);
    const requests = messages.filter(({ kind }) => kind === 'request').length;
    const response = this.responses.create(exchange.response, ownerOf(session, exchange.request));
    if (requests === 0) response.send(202);
    this.dispatch(messages, requests, session, response, exchange, post.kind === 'batch');
  }

  /**
   * Opens the event stream of a session, or resumes a stream.
   * @throws Refusal 400, 404, 405, 409, 429 or 503
   */
  async get(exchange: HttpExchange): Promise<Observable<MessageEvent>> {
    const { request } = exchange;
    checkRevision(request);
    const session = await this.sessionOf(request);
    const lastEventId = request.headers['last-event-id'];
    const owner = ownerOf(session, request);
    this.streamQuota.check(owner);
    const stream =
      typeof lastEventId === 'string'
        ? await this.standalone.resume(session, exchange, lastEventId)
        : await this.standalone.openNew(session, exchange);
    return this.streamQuota.counted(owner, stream);
  }

  /**
   * Ends the session.
   * @throws Refusal 400, 404, 405 or 503
   */
  async delete({ request, response }: HttpExchange): Promise<void> {
    checkRevision(request);
    const session = await this.sessionOf(request);
    await this.shared.end(session, new Error('The client ended the session'));
    this.responses.create(response, ownerOf(session, request)).send(204);
  }

  private async sessionOf(request: HttpRequest, post?: JsonRpcPost): Promise<Session> {
    const version = request.headers['mcp-protocol-version'];
    const id = headerSessionId(request);
    if (version !== undefined && !isSessionRevision(version))
      throw new Refusal(400, UNSUPPORTED_VERSION);
    if (id === undefined) throw new Refusal(400, SESSION_ID_MISSING);
    return this.gate.find(id, 'streamable-http', request, post);
  }

  /**
   * Opens a session. A session id that is no longer valid is ignored, because clients send it along when they
   * start again. It never becomes the id of the new session.
   */
  private async initialize(request: JsonRpcRequest, exchange: HttpExchange): Promise<void> {
    const stale = headerSessionId(exchange.request);
    if (stale !== undefined && (await this.gate.isOwn(stale, 'streamable-http', exchange.request)))
      throw new Refusal(400, ALREADY_INITIALIZED, { id: request.id });
    if (this.drain.hasBegun) throw shuttingDown(request.id);
    const owner = streamOwner(exchange.request, this.principals);
    this.quota.admit(owner, request.id);
    const session = this.sessions.openSession({
      transport: 'streamable-http',
      principal: owner.principal,
      pathParameters: pathParametersOf(exchange.request),
    });
    this.quota.add(owner, session);
    const response = this.responses.create(exchange.response, owner);
    const outlet = new InitializeResponse(response, session, () => {
      runGuarded(() => this.shared.end(session, new Error('The session was not initialized')));
    });
    this.dispatcher.dispatchRequest(request, session, outlet, exchange);
  }

  private dispatch(
    messages: readonly JsonRpcMessage[],
    requests: number,
    session: Session,
    response: RawResponse,
    exchange: HttpExchange,
    isBatch: boolean,
  ): void {
    const outlet = this.outlets.outletOf(response, {
      requests,
      isBatch,
      statusOf: () => 200,
      canRelease: this.joint.plane.log !== undefined && comesBack(session.peer.protocolVersion),
      openStream: (raw) => this.openSink(raw, session, exchange.request),
    });
    this.gate.dispatchMessages(messages, session, outlet, exchange);
  }

  private openSink(response: RawResponse, session: Session, request: HttpRequest): EventSink {
    const { log } = this.joint.plane;
    if (log === undefined) return new DirectSink(response);
    return new LoggedSink(response, log, session, logOwner(session, request));
  }
}

/**
 * The stateless revision has neither GET nor DELETE (2026-07-28 transports, Earlier Streamable HTTP
 * Revisions).
 * @throws Refusal 405
 */
function checkRevision({ headers }: HttpRequest): void {
  if (headers['mcp-protocol-version'] === STATELESS_REVISION)
    throw new Refusal(405, '', { headers: { Allow: 'POST' } });
}
