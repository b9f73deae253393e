import { Inject, Injectable } from '@nestjs/common';
import { logFailure } from '../execution/failure-reference.js';
import type { HttpExchange } from '../interfaces/http-exchange.interface.js';
import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { McpCall } from '../interfaces/mcp-call.interface.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import { MCP_FEATURES } from '../interfaces/mcp.tokens.js';
import {
  INTERNAL_ERROR,
  NOT_INITIALIZED,
  PARAMS_NOT_AN_OBJECT,
  UNKNOWN_METHOD,
} from '../messages/call.messages.js';
import {
  errorMessage,
  type JsonRpcNotification,
  type JsonRpcRequest,
  resultMessage,
} from '../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../protocol/json-rpc-error-code.js';
import { McpProtocolException } from '../protocol/mcp-protocol.exception.js';
import type { RunningCall } from '../session/running-call.js';
import type { Session } from '../session/session.js';
import { LifecycleHandlers } from './lifecycle.handlers.js';

type Handler = (call: McpCall, session: Session) => unknown;
type NotificationHandler = (params: JsonObject, session: Session) => void;

/** Methods that may be asked for before `initialize` (lifecycle, Initialization). */
const BEFORE_INITIALIZE: ReadonlySet<string> = new Set(['initialize', 'ping']);

/** The engine: finds the handler of a method, and turns what it gives or throws into one message. */
@Injectable()
export class Dispatcher {
  private readonly requests: ReadonlyMap<string, Handler>;
  private readonly notifications: ReadonlyMap<string, NotificationHandler>;

  constructor(lifecycle: LifecycleHandlers, @Inject(MCP_FEATURES) features: readonly McpFeature[]) {
    this.requests = new Map<string, Handler>(
      [lifecycle.requests, ...features.map((feature) => feature.handlers)].flatMap((handlers) =>
        Object.entries<Handler>(handlers),
      ),
    );
    this.notifications = new Map(Object.entries(lifecycle.notifications));
  }

  /**
   * Takes a request in at once, and runs it in a turn of its own: the transport's receipt (202) then
   * leaves before the first line of a tool runs, however long that line takes.
   */
  accept(request: JsonRpcRequest, session: Session, http: HttpExchange | undefined): void {
    const call = session.begin(request, http);
    setImmediate(() => void this.run(call, session));
  }

  /** Acts on a notification. Nothing is ever answered to one, not even to a malformed one. */
  notified({ method, params }: JsonRpcNotification, session: Session): void {
    const handler = this.notifications.get(method);
    if (handler && isJsonObject(params)) setImmediate(() => handler(params, session));
  }

  private async run(call: RunningCall, session: Session): Promise<void> {
    try {
      if (!call.isActive) return;
      const handler = this.handlerOf(call, session);
      call.answer(resultMessage(call.id, await handler(call, session)));
    } catch (thrown) {
      if (call.isActive) call.answer(failureMessage(call, thrown));
    } finally {
      session.handlerEnded();
    }
  }

  private handlerOf(call: RunningCall, session: Session): Handler {
    if (!session.isInitialized && !BEFORE_INITIALIZE.has(call.method))
      throw new McpProtocolException(JsonRpcErrorCode.InvalidRequest, NOT_INITIALIZED);
    const handler = this.requests.get(call.method);
    if (handler === undefined)
      throw new McpProtocolException(JsonRpcErrorCode.MethodNotFound, UNKNOWN_METHOD);
    if (!call.hasValidParams)
      throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, PARAMS_NOT_AN_OBJECT);
    return handler;
  }
}

function failureMessage(call: RunningCall, thrown: unknown): string {
  if (thrown instanceof McpProtocolException)
    return errorMessage(call.id, thrown.code, thrown.message, thrown.data);
  const reference = logFailure(call.method, thrown);
  return errorMessage(call.id, JsonRpcErrorCode.InternalError, INTERNAL_ERROR(reference));
}
