import { Inject, Injectable } from '@nestjs/common';
import {
  type HttpExchange,
  type HttpRequest,
  rawRequest,
} from '../interfaces/http-exchange.interface.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { MCP_FEATURES, MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import type { Session } from '../session/session.js';
import { SessionRegistry } from '../session/session.registry.js';
import type { McpCall } from '../interfaces/mcp-call.interface.js';
import type { JsonRpcRequest } from '../protocol/json-rpc.js';
import { readRequestMeta } from '../protocol/stateless/request-meta.js';
import { isStatelessRequest } from '../protocol/stateless/is-stateless-request.js';
import { type Admission, HttpGate } from '../transports/http/gates/http-gate.js';
import { headerSessionId, queriedSessionId } from '../transports/http/gates/session-id.js';
import { peerWithoutSession } from '../transports/streamable-http/sessionless-http.service.js';
import { anyOf } from '../transports/any-of.js';
import { unacceptedCall } from './unaccepted-call.js';
import { pathParametersOf } from '../transports/shared/path-parameters.js';

type Caller = Pick<McpCall, 'peer' | 'sessionId'>;

/** Decides before a POST is accepted whether it is a call that gets to a tool. */
@Injectable()
export class GuardedCallCheck {
  constructor(
    private readonly gate: HttpGate,
    private readonly sessions: SessionRegistry,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    @Inject(MCP_FEATURES) private readonly features: readonly McpFeature[],
  ) {}

  reaches({ request, response }: HttpExchange): boolean | Promise<boolean> {
    const admission = this.gate.admissionOf(rawRequest(request));
    const message = admission?.message;
    if (admission === undefined || message?.kind !== 'request') return false;
    const caller = this.callerOf(message, request, admission);
    if (caller === undefined) return false;
    const call = unacceptedCall(message, caller, { request, response });
    return anyOf(this.features.map((feature) => feature.reaches(call)));
  }

  /** The caller; undefined if the call would be refused before it gets to a tool. */
  private callerOf(
    message: JsonRpcRequest,
    request: HttpRequest,
    { endpoint }: Admission,
  ): Caller | undefined {
    if (endpoint.answersPosts !== true)
      return this.sessionFor(message, request, 'sse', queriedSessionId(request));
    if (!isStatelessRequest(message, request.headers)) {
      if (!this.settings.streamableHttp.hasSessions)
        return { peer: peerWithoutSession(request), sessionId: undefined };
      return this.sessionFor(message, request, 'streamable-http', headerSessionId(request) ?? '');
    }
    const envelope = readRequestMeta(message, request.headers);
    return envelope.kind === 'envelope' ? { peer: envelope.peer, sessionId: undefined } : undefined;
  }

  private sessionFor(
    { id }: JsonRpcRequest,
    request: HttpRequest,
    transport: Session['transport'],
    sessionId: string,
  ): Caller | undefined {
    const session = this.sessions.get(sessionId);
    const isAccepted =
      session?.transport === transport &&
      // On HTTP+SSE, a request without `initialize` gets a presumed revision.
      (session.hasRevision || transport === 'sse') &&
      session.pathParameters === pathParametersOf(request) &&
      !session.hasCall(id) &&
      session.runningHandlers < this.settings.limits.inFlight;
    return isAccepted ? session : undefined;
  }
}
