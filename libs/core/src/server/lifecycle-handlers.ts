import { Inject, Injectable } from '@nestjs/common';
import type { McpCall } from '../interfaces/mcp-call.interface.js';
import { isLogLevel } from '../interfaces/log-level.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import type { JsonObject } from '../interfaces/json.js';
import { MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { ALREADY_INITIALIZED } from '../messages/call.messages.js';
import { UNKNOWN_LOG_LEVEL } from '../messages/stateless.messages.js';
import { printable } from '../messages/log.messages.js';
import { capabilitiesOf, clientInfoOf } from '../protocol/client-claims.js';
import { isRequestId } from '../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../protocol/json-rpc-error-code.js';
import { McpProtocolException } from '../protocol/mcp-protocol.exception.js';
import type { InitializeResult } from '../protocol/sdk.js';
import { cancellationReason } from '../session/cancellation-reason.js';
import type { Session } from '../session/session.js';
import { SharedSessions } from '../session/shared-sessions.js';
import { runGuarded } from '../runtime/guarded.js';
import { initializeResult, revisionFor } from './initialize-result.js';
import { type Deliverable, ServerCapabilities } from './server-capabilities.js';

/** Handles `initialize`, `ping` and cancellation, which belong to the connection rather than to a feature. */
@Injectable()
export class LifecycleHandlers {
  readonly requests = {
    initialize: (call: McpCall, session: Session) => this.initialize(call.params, session),
    ping: () => ({}),
    'logging/setLevel': (call: McpCall, session: Session) => this.setLevel(call.params, session),
  };

  readonly notifications = {
    'notifications/initialized': (_: JsonObject, session: Session) => this.ready(session),
    'notifications/cancelled': (params: JsonObject, session: Session) =>
      this.cancel(params, session),
  };

  constructor(
    private readonly capabilities: ServerCapabilities,
    private readonly shared: SharedSessions,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {}

  private async initialize(params: JsonObject, session: Session): Promise<InitializeResult> {
    if (session.isInitialized)
      throw new McpProtocolException(JsonRpcErrorCode.InvalidRequest, ALREADY_INITIALIZED);
    const { clientInfo, capabilities } = params;
    const protocolVersion = revisionFor(params);
    session.initialize(
      protocolVersion,
      clientInfoOf(clientInfo),
      capabilitiesOf(capabilities),
      this.capabilities.announcedLists(),
    );
    await this.shared.publish(session);
    return initializeResult(
      this.settings,
      protocolVersion,
      this.capabilities.declared(this.deliverableTo(session)),
    );
  }

  /** With `streamableHttp.json`, the answer of a call cannot carry log messages. */
  private deliverableTo({ transport }: Session): Deliverable {
    const { isJson } = this.settings.streamableHttp;
    return { logs: !(isJson && transport === 'streamable-http'), changes: true };
  }

  /** Another node may hold the client's stream. */
  private ready(session: Session): void {
    if (session.isReady || !session.hasRevision) return;
    session.ready();
    runGuarded(() => this.shared.publish(session));
  }

  private async setLevel({ level }: JsonObject, session: Session): Promise<JsonObject> {
    if (!isLogLevel(level))
      throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, UNKNOWN_LOG_LEVEL);
    session.logLevel = level;
    await this.shared.publish(session);
    return {};
  }

  /** A call that does not run here may run on another node. */
  private cancel({ requestId, reason }: JsonObject, session: Session): void {
    if (!isRequestId(requestId)) return;
    const why = typeof reason === 'string' ? `: ${printable(reason)}` : '';
    const words = `The client cancelled the call${why}`;
    if (session.hasCall(requestId)) session.cancel(requestId, cancellationReason(words));
    else runGuarded(() => this.shared.cancel(session, requestId, words));
  }
}
