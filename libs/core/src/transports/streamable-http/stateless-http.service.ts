import { Inject, Injectable } from '@nestjs/common';
import type { HttpExchange } from '../../interfaces/http-exchange.interface.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { LISTEN_NEEDS_A_STREAM, NOT_A_REQUEST } from '../../messages/refusal.messages.js';
import type {
  JsonRpcMessage,
  JsonRpcNotification,
  JsonRpcRequest,
} from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { type RequestMeta, readRequestMeta } from '../../protocol/stateless/request-meta.js';
import { headerOf } from '../../protocol/stateless/header-value.js';
import { requestMetaOf } from '../../protocol/stateless/is-stateless-request.js';
import { META_PROTOCOL_VERSION } from '../../protocol/stateless/meta-keys.js';
import { statusOfError, unsupportedVersion } from '../../protocol/stateless/stateless-refusal.js';
import { PROTOCOL_VERSION_HEADER } from '../../protocol/stateless/standard-headers.js';
import { STATELESS_REVISION, SUPPORTED_REVISIONS } from '../../protocol/revisions.js';
import { StatelessDispatcher } from '../../server/stateless-dispatcher.js';
import { Drain } from '../../session/drain.js';
import { CallFactory } from '../../session/call.factory.js';
import { CallQuota } from '../shared/call-quota.js';
import { Principals } from '../shared/principals.js';
import { statelessRefusal, Refusal, shuttingDown } from '../shared/refusal.js';
import { type StreamOwner, streamOwner } from '../shared/stream-owner.js';
import { RawResponseFactory } from '../http/responses/raw-response.factory.js';
import type { RawResponse } from '../http/responses/raw-response.js';
import { DirectSink } from './responses/event-sink.js';
import { ListenStreams } from './listen-streams.js';
import { PostOutlets } from './responses/post-outlets.js';
import { runGuarded } from '../../runtime/guarded.js';

/** Streamable HTTP of the stateless revision (2026-07-28 transports): each POST is independent. */
@Injectable()
export class StatelessHttpService {
  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly drain: Drain,
    private readonly responses: RawResponseFactory,
    private readonly outlets: PostOutlets,
    private readonly factory: CallFactory,
    private readonly principals: Principals,
    private readonly dispatcher: StatelessDispatcher,
    private readonly listening: ListenStreams,
    private readonly calls: CallQuota,
  ) {}

  /**
   * Handles a POST.
   * @throws Refusal 400, 404, 429 or 503; the message has not been processed then
   */
  post(message: JsonRpcMessage, exchange: HttpExchange): void {
    if (message.kind === 'response') throw new Refusal(400, NOT_A_REQUEST);
    if (message.kind === 'notification') return this.receive(message, exchange);
    if (this.drain.hasBegun) throw shuttingDown(message.id);
    const { headers } = exchange.request;
    const envelope = readRequestMeta(message, headers);
    if (envelope.kind === 'refusal') throw statelessRefusal(envelope, message.id);
    if (message.method === 'subscriptions/listen') return this.listen(message, exchange);
    this.run(message, envelope, exchange);
  }

  /** The revision defines no notification that a client sends by POST. The server accepts any with 202. */
  private receive(notification: JsonRpcNotification, exchange: HttpExchange): void {
    const { params } = notification;
    const { [META_PROTOCOL_VERSION]: claimed } = requestMetaOf(params);
    const version = headerOf(exchange.request.headers, PROTOCOL_VERSION_HEADER) ?? claimed;
    if (version !== STATELESS_REVISION)
      throw statelessRefusal(unsupportedVersion(version, SUPPORTED_REVISIONS));
    if (!this.drain.hasEnded) this.dispatcher.notified(notification);
    this.responseOf(exchange).send(202);
  }

  private listen(message: JsonRpcRequest, exchange: HttpExchange): void {
    if (this.settings.streamableHttp.isJson)
      throw new Refusal(404, LISTEN_NEEDS_A_STREAM, {
        id: message.id,
        code: JsonRpcErrorCode.MethodNotFound,
      });
    this.listening.openListenStream(message, exchange);
  }

  private run(request: JsonRpcRequest, envelope: RequestMeta, exchange: HttpExchange): void {
    const asking = streamOwner(exchange.request, this.principals);
    const leave = this.enter(request, asking);
    const response = this.responseOf(exchange, asking);
    const outlet = this.outlets.outletOf(response, {
      requests: 1,
      isBatch: false,
      statusOf: (code) => (code === undefined ? 200 : statusOfError(code)),
      canRelease: false,
      openStream: (raw) => new DirectSink(raw),
    });
    const { peer, logLevel } = envelope;
    const owner = { sessionId: undefined, peer, logLevel };
    const call = this.factory.create(request, owner, outlet, exchange);
    response.onClose((isComplete) => {
      if (!isComplete) call.abort(new Error('The client left'));
    });
    runGuarded(() => this.dispatcher.run(call).finally(leave));
  }

  private enter({ id }: JsonRpcRequest, owner: StreamOwner): () => void {
    this.calls.check(owner, 1, id);
    return this.calls.enter(owner);
  }

  private responseOf({ request, response }: HttpExchange, owner?: StreamOwner): RawResponse {
    return this.responses.create(response, owner ?? streamOwner(request, this.principals));
  }
}
