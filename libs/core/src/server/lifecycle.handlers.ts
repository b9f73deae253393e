import { Inject, Injectable } from '@nestjs/common';
import type { McpCall } from '../interfaces/mcp-call.interface.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/mcp-settings.interface.js';
import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import { MCP_FEATURES, MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { ALREADY_INITIALIZED, MISSING_PROTOCOL_VERSION } from '../messages/call.messages.js';
import { printable } from '../messages/log.messages.js';
import { codecOf } from '../protocol/codecs/codec-of.js';
import { isRequestId } from '../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../protocol/json-rpc-error-code.js';
import { McpProtocolException } from '../protocol/mcp-protocol.exception.js';
import { negotiateRevision } from '../protocol/revisions.js';
import type { InitializeResult } from '../protocol/sdk.js';
import type { Session } from '../session/session.js';

/** `initialize`, `ping` and cancellation: what belongs to the connection rather than to a feature. */
@Injectable()
export class LifecycleHandlers {
  readonly requests = {
    initialize: (call: McpCall, session: Session) => this.initialize(call.params, session),
    ping: () => ({}),
  };

  readonly notifications = {
    'notifications/cancelled': (params: JsonObject, session: Session) =>
      this.cancel(params, session),
  };

  constructor(
    @Inject(MCP_FEATURES) private readonly features: readonly McpFeature[],
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {}

  private initialize(params: JsonObject, session: Session): InitializeResult {
    if (session.isInitialized)
      throw new McpProtocolException(JsonRpcErrorCode.InvalidRequest, ALREADY_INITIALIZED);
    const { protocolVersion: requested, clientInfo, capabilities } = params;
    if (typeof requested !== 'string')
      throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, MISSING_PROTOCOL_VERSION);
    const protocolVersion = negotiateRevision(requested);
    session.initialize(
      protocolVersion,
      readClientInfo(clientInfo),
      isJsonObject(capabilities) ? capabilities : {},
    );
    const { server, instructions } = this.settings;
    const declared: JsonObject = Object.assign(
      {},
      ...this.features.map((feature) => feature.capabilities()),
    );
    session.declare(declared);
    return {
      protocolVersion,
      capabilities: { ...declared },
      serverInfo: codecOf(protocolVersion).server(server) as InitializeResult['serverInfo'],
      ...(instructions !== undefined && { instructions }),
    };
  }

  private cancel({ requestId, reason }: JsonObject, session: Session): void {
    if (!isRequestId(requestId)) return;
    const why = typeof reason === 'string' ? `: ${printable(reason)}` : '';
    session.cancel(requestId, new Error(`The client cancelled the call${why}`));
  }
}

function readClientInfo(info: unknown): { name: string; version: string } | undefined {
  if (!isJsonObject(info)) return undefined;
  const { name, version } = info;
  return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
}
