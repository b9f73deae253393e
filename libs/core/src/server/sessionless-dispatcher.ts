import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '../interfaces/json.js';
import type { McpCall } from '../interfaces/mcp-call.interface.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { MCP_FEATURES, MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import type { InitializeResult } from '../protocol/sdk.js';
import type { JsonRpcNotification } from '../protocol/json-rpc.js';
import type { RunningCall } from '../session/running-call.js';
import { initializeResult, revisionFor } from './initialize-result.js';
import { NotificationHandlers } from './notification-handlers.js';
import { type Handler, handlerOf, type Handlers, runCall } from './run-call.js';
import { NONE_DELIVERABLE, ServerCapabilities } from './server-capabilities.js';

/**
 * Dispatches the messages of session revisions if the server keeps no sessions: no state is kept between two calls.
 */
@Injectable()
export class SessionlessDispatcher {
  private readonly requests: Handlers<undefined>;
  private readonly notifications: NotificationHandlers<undefined>;

  constructor(
    private readonly capabilities: ServerCapabilities,
    @Inject(MCP_FEATURES) features: readonly McpFeature[],
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {
    this.requests = new Map<string, Handler<undefined>>([
      ['initialize', ({ params }: McpCall) => this.initialize(params)],
      ['ping', () => ({})],
      ...features.flatMap((feature) => Object.entries<Handler<undefined>>(feature.requests)),
    ]);
    this.notifications = new NotificationHandlers<undefined>(
      features.map(({ notifications }) => notifications),
    );
  }

  /** Acts on a notification. */
  notified(notification: JsonRpcNotification): void {
    this.notifications.dispatchRequest(notification, undefined);
  }

  /** Answers a call. Resolves when its handler has returned. */
  async dispatchRequest(call: RunningCall): Promise<void> {
    await runCall(call, () => handlerOf(this.requests, call)(call, undefined));
  }

  private initialize(params: JsonObject): InitializeResult {
    return initializeResult(
      this.settings,
      revisionFor(params),
      this.capabilities.declared(NONE_DELIVERABLE),
    );
  }
}
