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

/** Stage 2 of the gates, for what names a session: whose it is, and whether it may do one thing more. */
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
   * The session of that id, if it is one of this transport and place, and of whoever asks. Unknown, expired and
   * somebody else's are answered alike, or the answer would tell which ids there are.
   * @param post what it is asked for, where that is a message
   * @throws Refusal 404; 503 when it may be another node's, and nobody can be asked
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
   * Whether an id is that of a live session that whoever asks may use. Unless it is one of this process, the
   * directory is asked, also where this process has it as somebody else's: an answer that comes sooner would tell.
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
   * The messages of a POST, if the session may send them now.
   * @throws Refusal 400 for a batch that was not negotiated, or an id that is in use; 429 for too many calls
   * of the session or of its owner; 503 for too many of all, and when
   * the server has ended. Without an exchange, as over stdio, there is one client.
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
    if (requests.length > 0) this.checkRoom(requests, session, exchange);
    return messages;
  }

  /** @throws Refusal 503 when the server has ended: what tools use is being destroyed. */
  checkOpen(post: JsonRpcPost): void {
    if (this.drain.hasEnded) throw closed(post.kind === 'request' ? post.id : undefined);
  }

  /** Hands admitted messages to the engine; the requests among them are answered through the outlet. */
  dispatchMessages(
    messages: readonly JsonRpcMessage[],
    session: Session,
    outlet: CallOutlet,
    exchange: HttpExchange | undefined,
  ): void {
    for (const message of messages) {
      if (message.kind === 'notification') this.dispatcher.notified(message, session);
      // In a turn of its own, as all that runs code of a feature: the receipt (202) leaves first.
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
    const taken = requests.find(({ id }) => session.hasCall(id));
    if (taken !== undefined) throw new Refusal(400, DUPLICATE_ID, { id: taken.id });
    checkDistinct(requests);
  }

  private checkRoom(
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
