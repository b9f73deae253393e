import { Inject, Injectable } from '@nestjs/common';
import type { HttpExchange } from '../interfaces/http-exchange.interface.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import { MCP_FEATURES } from '../interfaces/mcp.tokens.js';
import { NOT_INITIALIZED } from '../messages/call.messages.js';
import type { JsonRpcNotification, JsonRpcRequest } from '../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../protocol/json-rpc-error-code.js';
import { McpProtocolException } from '../protocol/mcp-protocol.exception.js';
import type { CallOutlet } from '../session/call-outlet.interface.js';
import type { RunningCall } from '../session/running-call.js';
import type { Session } from '../session/session.js';
import { LifecycleHandlers } from './lifecycle-handlers.js';
import { NotificationHandlers } from './notification-handlers.js';
import { type Handler, handlerOf, type Handlers, runCall } from './run-call.js';
import { guarded } from '../runtime/guarded.js';

/** Methods that a client may call before `initialize` (lifecycle, Initialization). */
const BEFORE_INITIALIZE: ReadonlySet<string> = new Set(['initialize', 'ping']);

/**
 * Dispatches the messages of session revisions: finds the handler of a method, and sends what the handler returns or
 * throws as one message.
 */
@Injectable()
export class SessionDispatcher {
  private readonly requests: Handlers<Session>;
  private readonly notifications: NotificationHandlers<Session>;

  constructor(lifecycle: LifecycleHandlers, @Inject(MCP_FEATURES) features: readonly McpFeature[]) {
    this.requests = new Map<string, Handler<Session>>(
      [lifecycle.requests, ...features.map((feature) => feature.requests)].flatMap((handlers) =>
        Object.entries<Handler<Session>>(handlers),
      ),
    );
    this.notifications = new NotificationHandlers<Session>([
      lifecycle.notifications,
      ...features.map(({ notifications }) => notifications),
    ]);
  }

  /**
   * Accepts a request at once, and runs it in its own turn of the event loop. The transport can then send its receipt
   * (202) before the first line of a tool runs, however long that line takes.
   * @param ended called when the handler has returned, even if the call is over already
   */
  dispatchRequest(
    request: JsonRpcRequest,
    session: Session,
    outlet: CallOutlet,
    http: HttpExchange | undefined,
    ended?: () => void,
  ): void {
    const call = session.begin(request, outlet, http);
    setImmediate(guarded(() => this.run(call, session, ended)));
  }

  /** Acts on a notification. */
  notified(notification: JsonRpcNotification, session: Session): void {
    this.notifications.dispatchRequest(notification, session);
  }

  private async run(
    call: RunningCall,
    session: Session,
    ended: (() => void) | undefined,
  ): Promise<void> {
    await runCall(call, () => {
      if (!session.hasRevision && !BEFORE_INITIALIZE.has(call.method))
        throw new McpProtocolException(JsonRpcErrorCode.InvalidRequest, NOT_INITIALIZED);
      return handlerOf(this.requests, call)(call, session);
    });
    session.handlerEnded();
    ended?.();
  }
}
