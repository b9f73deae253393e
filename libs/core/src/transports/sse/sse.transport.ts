import type { MessageEvent } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { Observable } from 'rxjs';
import type { HttpExchange, HttpRequest } from '../../interfaces/http-exchange.interface.js';
import { rawRequest, rawResponse } from '../../interfaces/http-exchange.interface.js';
import type { McpSettings } from '../../interfaces/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import {
  DUPLICATE_ID,
  SESSION_NOT_FOUND,
  TOO_MANY_CALLS,
  TOO_MANY_STREAMS,
} from '../../messages/refusal.messages.js';
import type { JsonRpcRequest } from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { isSessionRevision } from '../../protocol/revisions.js';
import { Dispatcher } from '../../server/dispatcher.js';
import type { Session } from '../../session/session.js';
import { SessionRegistry } from '../../session/session.registry.js';
import { type Endpoint, EndpointTable, pathOf } from '../http/endpoint.table.js';
import { HttpGate, shuttingDown } from '../http/http-gate.js';
import { Refusal } from '../http/refusal.js';
import { placeOf, sessionAt } from '../http/session-place.js';
import { AddressCounter } from './address-counter.js';
import { endpointUrl } from './endpoint-url.js';
import { sessionIdOf } from './session-id.js';
import { responseEnd } from './response-end.js';
import { sseStream } from './sse-stream.js';

const RETRY_SOON = { 'Retry-After': '1' };

/** HTTP+SSE (2024-11-05 transports): stage 2 of the gates, sessions, and what travels between them and the engine. */
@Injectable()
export class SseTransport {
  private readonly streamEndpoint: Endpoint;
  private readonly messagesEndpoint: Endpoint;
  private readonly addresses: AddressCounter;

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly endpoints: EndpointTable,
    private readonly gate: HttpGate,
    private readonly sessions: SessionRegistry,
    private readonly dispatcher: Dispatcher,
  ) {
    this.addresses = new AddressCounter(settings.limits.streamsPerAddress);
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
   * @throws Refusal 503 or 429 when there are too many.
   */
  open({ request, response }: HttpExchange): Observable<MessageEvent> {
    this.gate.admitted(rawRequest(request));
    this.checkCaps(request);
    return sseStream(this.settings.sse.keepAliveMs, (stream) => {
      const leave = this.addresses.enter(request.ip);
      const session = this.sessions.open({
        send: (message) => stream.send('message', message),
        end: () => responseEnd(rawResponse(response), stream.end),
      });
      session.place = placeOf(request);
      const expiry = this.expectInitialize(session, request, stream.end);
      stream.send('endpoint', this.endpointUrl(request, session));
      return () => {
        clearTimeout(expiry);
        leave();
        this.sessions.close(session, new Error('The client left'));
      };
    });
  }

  /**
   * Takes a message for a session.
   * @throws Refusal 404, 400 or 429; then nothing has been done.
   */
  accept(exchange: HttpExchange): void {
    const { message } = this.gate.admitted(rawRequest(exchange.request));
    const { request } = exchange;
    const session = sessionAt(this.sessions, sessionIdOf(request), request);
    if (session === undefined) throw new Refusal(404, SESSION_NOT_FOUND);
    if (message?.kind === 'notification') this.dispatcher.notified(message, session);
    if (message?.kind === 'request') {
      this.checkCall(message, session);
      this.dispatcher.accept(message, session, exchange);
    }
  }

  private checkCaps({ ip }: HttpRequest): void {
    if (this.sessions.isDraining) throw shuttingDown();
    if (this.sessions.size >= this.settings.limits.streams)
      throw new Refusal(503, TOO_MANY_STREAMS, {
        code: JsonRpcErrorCode.InternalError,
        headers: RETRY_SOON,
      });
    if (this.addresses.isFull(ip))
      throw new Refusal(429, TOO_MANY_STREAMS, {
        code: JsonRpcErrorCode.InternalError,
        headers: RETRY_SOON,
      });
  }

  private checkCall({ id }: JsonRpcRequest, session: Session): void {
    if (session.hasCall(id)) throw new Refusal(400, DUPLICATE_ID, { id });
    if (session.runningHandlers >= this.settings.limits.inFlight)
      throw new Refusal(429, TOO_MANY_CALLS, {
        id,
        code: JsonRpcErrorCode.InternalError,
        headers: RETRY_SOON,
      });
  }

  /**
   * A reconnecting SDK client does not initialize again, but it tells its protocol version. Anybody else
   * has to initialize in time, or would hold a stream for nothing.
   */
  private expectInitialize(
    session: Session,
    { headers }: HttpRequest,
    end: () => void,
  ): NodeJS.Timeout | undefined {
    const version = headers['mcp-protocol-version'];
    if (isSessionRevision(version)) {
      session.initialize(version);
      return undefined;
    }
    return setTimeout(() => {
      if (!session.isInitialized) end();
    }, this.settings.limits.initializeMs);
  }

  private endpointUrl(request: HttpRequest, session: Session): string {
    return endpointUrl(
      this.endpoints.fullPath(this.streamEndpoint),
      this.endpoints.fullPath(this.messagesEndpoint),
      pathOf(rawRequest(request).url ?? ''),
      session.id,
    );
  }
}
