import type { HttpExchange } from '../interfaces/http-exchange.interface.js';
import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type {
  ClientRequestOptions,
  McpCall,
  McpPeer,
  RequestId,
} from '../interfaces/mcp-call.interface.js';
import type { LogLevel } from '../interfaces/log-level.js';
import {
  REQUEST_AFTER_CALL,
  REQUEST_WITH_JSON_ANSWER,
  REQUEST_WITHOUT_SESSION,
} from '../messages/client-request.messages.js';
import { ClientRequestError } from '../protocol/client-request.error.js';
import { type JsonRpcRequest, notificationMessage } from '../protocol/json-rpc.js';
import { runGuarded } from '../runtime/guarded.js';
import { callListeners, type Listeners, withListener } from '../runtime/listeners.js';
import type { CallOutlet } from './call-outlet.interface.js';
import type { LiveCalls } from './live-calls.js';
import type { OutgoingRequests } from './outgoing-requests.js';

/** An answer with fewer characters is sent without checking the capacity of the outlet. */
const SMALL = 16 * 1024;

/** The session or client that a call belongs to. */
export interface CallOwner {
  /** Undefined if the revision has no sessions. */
  readonly sessionId: string | undefined;
  readonly peer: McpPeer;
  /** The lowest level of log messages that the client wants. Undefined if it wants none. */
  readonly logLevel: LogLevel | undefined;
  /** Requests to the client. Absent if the revision or the options have no sessions. */
  readonly outgoing?: OutgoingRequests;
  /** Called once, when the call is over for any reason. */
  finished?(call: RunningCall): void;
}

/** A request from the moment it is accepted until it is answered or abandoned. */
export class RunningCall implements McpCall {
  readonly id: RequestId;
  readonly method: string;
  /** Empty if the client sent none, or something other than an object. */
  readonly params: JsonObject;
  readonly hasValidParams: boolean;
  private controller: AbortController | undefined;
  private active = true;
  private abortReason: unknown;
  private overListeners: Listeners;
  private answerListeners: Listeners;

  constructor(
    request: JsonRpcRequest,
    private readonly owner: CallOwner,
    private readonly outlet: CallOutlet,
    readonly http: HttpExchange | undefined,
    private readonly live: LiveCalls,
  ) {
    this.id = request.id;
    this.method = request.method;
    this.hasValidParams = request.params === undefined || isJsonObject(request.params);
    this.params = isJsonObject(request.params) ? request.params : {};
  }

  get peer(): McpPeer {
    return this.owner.peer;
  }

  get sessionId(): string | undefined {
    return this.owner.sessionId;
  }

  get logLevel(): LogLevel | undefined {
    return this.owner.logLevel;
  }

  /** Messages that are sent after the call is over are dropped. */
  get isActive(): boolean {
    return this.active;
  }

  /**
   * Made on demand: most tools never read it, and an AbortController costs more than the whole call of a small tool.
   */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.abortReason !== undefined) this.controller.abort(this.abortReason);
    return this.controller.signal;
  }

  notify(method: string, params: JsonObject): void {
    if (this.active) this.outlet.notify(notificationMessage(method, params));
  }

  async request(
    method: string,
    params?: JsonObject,
    options?: ClientRequestOptions,
  ): Promise<JsonObject> {
    const { outgoing } = this.owner;
    const { outlet } = this;
    if (outgoing === undefined)
      throw new ClientRequestError('unsupported', REQUEST_WITHOUT_SESSION(method));
    if (outlet.request === undefined)
      throw new ClientRequestError('unsupported', REQUEST_WITH_JSON_ANSWER(method));
    if (!this.active) throw new ClientRequestError('aborted', REQUEST_AFTER_CALL(method));
    const send = (message: string): void => outlet.request?.(message);
    return outgoing.send(method, params, send, options, this);
  }

  /** False if the answer exceeds the capacity of the outlet, because the client has not read what waits for it. */
  hasCapacityFor(message: string): boolean {
    if (!this.active || message.length < SMALL) return true;
    return this.outlet.hasCapacity?.(Buffer.byteLength(message)) !== false;
  }

  /** Sends the answer, unless the call is over. */
  answer(message: string, errorCode?: number): void {
    if (!this.active) return;
    callListeners(this.answerListeners);
    this.outlet.answer(message, errorCode);
    this.finish();
  }

  interrupt(reason: Error): void {
    this.abortReason ??= reason;
    this.controller?.abort(reason);
  }

  /** Abandons the call without an answer, and aborts its signal. */
  abort(reason: Error): void {
    if (!this.active) return;
    runGuarded(() => this.outlet.abandon());
    this.finish();
    this.interrupt(reason);
  }

  whenOver(listener: () => void): void {
    if (this.active) this.overListeners = withListener(this.overListeners, listener);
    else runGuarded(listener);
  }

  beforeAnswer(listener: () => void): void {
    this.answerListeners = withListener(this.answerListeners, listener);
  }

  async releaseStream(retryMs: number | undefined): Promise<boolean> {
    return this.active && (await this.outlet.release?.(retryMs)) === true;
  }

  private finish(): void {
    this.active = false;
    callListeners(this.overListeners);
    this.owner.finished?.(this);
    this.live.finished(this);
  }
}
