import { Inject, Injectable } from '@nestjs/common';
import type { HttpExchange, HttpRequest } from '../../interfaces/http-exchange.interface.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import {
  BACKPLANE_DOWN,
  DUPLICATE_ID,
  SESSION_NOT_FOUND,
  TOO_MANY_CALLS,
} from '../../messages/refusal.messages.js';
import type { JsonRpcMessage, JsonRpcPost, JsonRpcRequest } from '../../protocol/json-rpc.js';
import { SessionDispatcher } from '../../server/session-dispatcher.js';
import type { CallOutlet } from '../../session/call-outlet.interface.js';
import { Drain } from '../../session/drain.js';
import type { Session, SessionOrigin } from '../../session/session.js';
import { SharedSessions } from '../../session/shared-sessions.js';
import { BackplaneUnavailableError } from '../../backplane/backplane-unavailable.error.js';
import { CallQuota } from './call-quota.js';
import { checkDistinct, messagesOf } from './messages-of.js';
import { Principals } from './principals.js';
import { pathParametersOf } from './path-parameters.js';
import { closed, Refusal, tooMany } from './refusal.js';
import { ownerOf } from './stream-owner.js';
import { guarded } from '../../runtime/guarded.js';

/**
 * Stage 2 of the gates, for requests that name a session: checks whose session it is, and whether it may run
 * more calls.
 */
@Injectable()
export class SessionGate {
  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly shared: SharedSessions,
    private readonly principals: Principals,
    private readonly dispatcher: SessionDispatcher,
    private readonly drain: Drain,
    private readonly calls: CallQuota,
  ) {}

  /**
   * Finds the session with this id. It must belong to this transport, to the same path parameters and to the
   * principal of the request. An unknown session, an expired one and the session of another principal get the
   * same refusal, so that a caller cannot find out which ids exist.
   * @param post the message for the session, if the request has one
   * @throws Refusal 404 when the caller has no such session, 503 when the session may be on another node and
   * the backplane does not respond
   */
  async find(
    id: string,
    transport: SessionOrigin['transport'],
    request: HttpRequest,
    post?: JsonRpcPost,
  ): Promise<Session> {
    const session = await this.known(id, post);
    if (session === undefined || !this.isUsable(session, transport, request))
      throw new Refusal(404, SESSION_NOT_FOUND);
    session.seen();
    this.shared.keepAlive(session);
    return session;
  }

  /**
   * Whether the id is that of a live session which the caller may use. If this process has no such session,
   * the backplane is asked, even if this process has the session of another principal: a faster answer would
   * reveal that the id exists.
   */
  async isOwn(
    id: string,
    transport: SessionOrigin['transport'],
    request: HttpRequest,
  ): Promise<boolean> {
    const known = this.shared.known(id);
    if (known && this.isUsable(known, transport, request)) return true;
    const record = await this.shared.look(id);
    return record !== undefined && this.isUsable(record, transport, request);
  }

  /**
   * Returns the messages of a POST if the session may send them now.
   * @param exchange undefined on stdio, where there is one client and no quota of an owner
   * @throws Refusal 400 for a batch that the revision does not have, or for an id in use; 429 for too many
   * calls of the session or its owner; 503 for too many calls in the process, or when the server has ended
   */
  admit(
    post: JsonRpcPost,
    session: Session,
    exchange: HttpExchange | undefined,
  ): readonly JsonRpcMessage[] {
    this.checkOpen(post);
    const messages = messagesOf(post, session.peer.protocolVersion);
    const requests = messages.filter((message) => message.kind === 'request');
    this.checkIds(requests, session);
    if (requests.length > 0) this.checkQuotas(requests, session, exchange);
    return messages;
  }

  /** @throws Refusal 503 when the server has ended; by then the providers that tools use may be destroyed */
  checkOpen(post: JsonRpcPost): void {
    if (this.drain.hasEnded) throw closed(post.kind === 'request' ? post.id : undefined);
  }

  /** Passes admitted messages to the dispatcher. The answers to requests go to the outlet. */
  dispatchMessages(
    messages: readonly JsonRpcMessage[],
    session: Session,
    outlet: CallOutlet,
    exchange: HttpExchange | undefined,
  ): void {
    for (const message of messages) {
      if (message.kind === 'notification') this.dispatcher.notified(message, session);
      // Like all code of a feature, this runs in a separate turn, so that the 202 response is sent first.
      if (message.kind === 'response')
        setImmediate(guarded(() => this.shared.answered(session, message)));
      if (message.kind === 'request') {
        const ended = exchange && this.calls.enter(ownerOf(session, exchange.request));
        this.dispatcher.dispatchRequest(message, session, outlet, exchange, ended);
      }
    }
  }

  private isUsable(
    session: Pick<SessionOrigin, 'transport' | 'pathParameters' | 'principal'>,
    transport: SessionOrigin['transport'],
    request: HttpRequest,
  ): boolean {
    return (
      session.transport === transport &&
      session.pathParameters === pathParametersOf(request) &&
      session.principal === this.principals.of(request)
    );
  }

  private async known(id: string, post: JsonRpcPost | undefined): Promise<Session | undefined> {
    try {
      return await this.shared.find(id);
    } catch (error) {
      if (!(error instanceof BackplaneUnavailableError)) throw error;
      throw tooMany(503, BACKPLANE_DOWN, post?.kind === 'request' ? post.id : undefined);
    }
  }

  private checkIds(requests: readonly JsonRpcRequest[], session: Session): void {
    const duplicate = requests.find(({ id }) => session.hasCall(id));
    if (duplicate !== undefined) throw new Refusal(400, DUPLICATE_ID, { id: duplicate.id });
    checkDistinct(requests);
  }

  private checkQuotas(
    requests: readonly JsonRpcRequest[],
    session: Session,
    exchange: HttpExchange | undefined,
  ): void {
    const asking = requests.length === 1 ? requests[0]?.id : undefined;
    if (session.runningHandlers + requests.length > this.settings.limits.inFlight)
      throw tooMany(429, TOO_MANY_CALLS, asking);
    if (exchange) this.calls.check(ownerOf(session, exchange.request), requests.length, asking);
  }
}
