import { Injectable } from '@nestjs/common';
import type { HttpExchange, HttpRequest } from '../../interfaces/http-exchange.interface.js';
import type { McpPeer } from '../../interfaces/mcp-call.interface.js';
import type { JsonRpcMessage, JsonRpcPost, JsonRpcRequest } from '../../protocol/json-rpc.js';
import { headerOf } from '../../protocol/stateless/header-value.js';
import { PROTOCOL_VERSION_HEADER } from '../../protocol/stateless/standard-headers.js';
import { isSessionRevision, UNSAID_REVISION } from '../../protocol/revisions.js';
import { runGuarded } from '../../runtime/guarded.js';
import { SessionlessDispatcher } from '../../server/sessionless-dispatcher.js';
import type { CallOutlet } from '../../session/call-outlet.interface.js';
import { Drain } from '../../session/drain.js';
import { CallFactory } from '../../session/call.factory.js';
import { CallQuota } from '../shared/call-quota.js';
import { shuttingDown } from '../shared/refusal.js';
import { checkDistinct, messagesOf } from '../shared/messages-of.js';
import { Principals } from '../shared/principals.js';
import { RawResponseFactory } from '../http/responses/raw-response.factory.js';
import { streamOwner } from '../shared/stream-owner.js';
import { DirectSink } from './responses/event-sink.js';
import { PostOutlets } from './responses/post-outlets.js';

/**
 * The client of a POST of a session revision on a server without sessions. What it sent in `initialize` is
 * not known. Without the `MCP-Protocol-Version` header, its revision is the last one before that header
 * existed (2025-06-18 transports, Protocol Version Header).
 */
export function peerWithoutSession({ headers }: HttpRequest): McpPeer {
  const version = headerOf(headers, PROTOCOL_VERSION_HEADER);
  const protocolVersion = isSessionRevision(version) ? version : UNSAID_REVISION;
  return { protocolVersion, clientInfo: undefined, clientCapabilities: {} };
}

/** Streamable HTTP of the session revisions on a server without sessions: each POST is independent. */
@Injectable()
export class SessionlessHttpService {
  constructor(
    private readonly drain: Drain,
    private readonly responses: RawResponseFactory,
    private readonly outlets: PostOutlets,
    private readonly calls: CallFactory,
    private readonly principals: Principals,
    private readonly quota: CallQuota,
    private readonly dispatcher: SessionlessDispatcher,
  ) {}

  /**
   * Handles a POST.
   * @throws Refusal 400, 429 or 503; no message has been processed then
   */
  post(post: JsonRpcPost, exchange: HttpExchange): void {
    const peer = peerWithoutSession(exchange.request);
    const messages = messagesOf(post, peer.protocolVersion);
    const requests = messages.filter((message) => message.kind === 'request');
    checkDistinct(requests);
    const owner = streamOwner(exchange.request, this.principals);
    if (requests.length === 0) {
      this.notified(messages);
      return this.responses.create(exchange.response, owner).send(202);
    }
    if (this.drain.hasBegun) throw shuttingDown(post.kind === 'request' ? post.id : undefined);
    const ids = requests.map(({ id }) => id);
    this.quota.check(owner, ids.length, ids.length === 1 ? ids[0] : undefined);
    this.notified(messages);
    const outlet = this.outlets.outletOf(this.responses.create(exchange.response, owner), {
      requests: requests.length,
      isBatch: post.kind === 'batch',
      statusOf: () => 200,
      canRelease: false,
      openStream: (raw) => new DirectSink(raw),
    });
    for (const request of requests)
      runGuarded(() => this.run(request, peer, outlet, exchange).finally(this.quota.enter(owner)));
  }

  private notified(messages: readonly JsonRpcMessage[]): void {
    if (this.drain.hasEnded) return;
    for (const message of messages)
      if (message.kind === 'notification') this.dispatcher.notified(message);
  }

  /**
   * A client that closes its connection does not cancel its call: the session revisions have a message for
   * that.
   */
  private async run(
    request: JsonRpcRequest,
    peer: McpPeer,
    outlet: CallOutlet,
    exchange: HttpExchange,
  ): Promise<void> {
    const owner = { sessionId: undefined, peer, logLevel: undefined };
    await this.dispatcher.dispatchRequest(this.calls.create(request, owner, outlet, exchange));
  }
}
