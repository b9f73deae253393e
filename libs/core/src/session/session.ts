import { randomBytes } from 'node:crypto';
import type { NodeId } from '../interfaces/backplane/backplane.interface.js';
import type { SessionRecord } from '../interfaces/backplane/session-directory.interface.js';
import type { HttpExchange } from '../interfaces/http-exchange.interface.js';
import type { JsonObject } from '../interfaces/json.js';
import type { LogLevel } from '../interfaces/log-level.js';
import type { ClientRequestOptions, McpPeer, RequestId } from '../interfaces/mcp-call.interface.js';
import type { McpSession } from '../interfaces/mcp-session.interface.js';
import { REQUEST_WITHOUT_STREAM } from '../messages/client-request.messages.js';
import { ClientRequestError } from '../protocol/client-request.error.js';
import {
  type JsonRpcRequest,
  type JsonRpcResponse,
  notificationMessage,
} from '../protocol/json-rpc.js';
import type { SessionRevision } from '../protocol/revisions.js';
import type { CallOutlet } from './call-outlet.interface.js';
import type { CallFactory } from './call.factory.js';
import { OutgoingRequests } from './outgoing-requests.js';
import type { CallOwner, RunningCall } from './running-call.js';
import { deadlines } from '../runtime/deadlines.js';
import { runGuarded } from '../runtime/guarded.js';

const ID_BYTES = 16;
/** How many notifications are kept for a client that has no stream open. */
const MOST_MISSED = 100;

/** The level of log messages until the client sets one (logging, Setting Log Level). */
const FIRST_LOG_LEVEL: LogLevel = 'info';

/** What is known of a session when it is opened. */
export interface SessionOrigin {
  readonly transport: SessionRecord['transport'] | 'stdio';
  /** The node that holds the session's stream. Undefined if the session has no stream of its own. */
  readonly holder?: NodeId | undefined;
  /** Whom the session belongs to; see `Principals`. */
  readonly principal: string;
  /** The path parameters that it is opened with; see `pathParametersOf()`. */
  readonly pathParameters: string;
  /** Default: a new id. */
  readonly id?: string;
}

/**
 * What is known of a session's revision: nothing (`opened`), what a reconnecting client suggests (`presumed`), or
 * what `initialize` has negotiated (`initialized`). A suggestion does not prove anything: `initialize` overrules it.
 */
type SessionStage = 'opened' | 'presumed' | 'initialized';

/** Takes the messages of a session that belong to none of its calls. */
export interface SessionChannel {
  (message: string): void;
  /** Whether a message of this size may wait on the channel. Default: always. */
  readonly hasCapacity?: (bytes: number) => boolean;
}

/** One client's session: its revision, its capabilities, its running calls, and the channel for its messages. */
export class Session implements CallOwner, McpSession {
  /** 128 random bits, base64url (2025-11-25 transports, Session Management). */
  readonly id: string;
  readonly transport: SessionOrigin['transport'];
  readonly principal: string;
  readonly holder: NodeId | undefined;
  /**
   * The path parameters that it was opened with, as `pathParametersOf()` returns them. It cannot be used with others.
   */
  readonly pathParameters: string;
  private readonly calls = new Map<RequestId, RunningCall>();
  private readonly missed = new Set<string>();
  private sent: OutgoingRequests | undefined;
  private channel: SessionChannel | undefined;
  private handlers = 0;
  private streams = 0;
  private stage: SessionStage = 'opened';
  private level = FIRST_LOG_LEVEL;
  private readiness = false;
  private over = false;
  private seenAt = deadlines.now();
  private readonly closing = new Set<() => void>();
  private who: McpPeer = {
    protocolVersion: undefined,
    clientInfo: undefined,
    clientCapabilities: {},
  };
  private announced: readonly string[] = [];

  constructor(
    origin: SessionOrigin,
    private readonly factory: CallFactory,
    private readonly nodeId: NodeId,
  ) {
    this.id = origin.id ?? randomBytes(ID_BYTES).toString('base64url');
    this.transport = origin.transport;
    this.principal = origin.principal;
    this.pathParameters = origin.pathParameters;
    this.holder = origin.holder;
  }

  get sessionId(): string {
    return this.id;
  }

  get peer(): McpPeer {
    return this.who;
  }

  /** True once the client has sent `initialize`, which it may do once. */
  get isInitialized(): boolean {
    return this.stage === 'initialized';
  }

  /** True while the revision is only a suggestion of the client; see {@link presume}. */
  get isPresumed(): boolean {
    return this.stage === 'presumed';
  }

  /** True once requests can be served with a revision, negotiated or presumed. */
  get hasRevision(): boolean {
    return this.stage !== 'opened';
  }

  get logLevel(): LogLevel {
    return this.level;
  }

  set logLevel(level: LogLevel) {
    this.level = level;
  }

  /** When the session was last used, in milliseconds of `deadlines.now()`, a monotonic clock. */
  get lastSeen(): number {
    return this.seenAt;
  }

  /** Call this when the client shows that it is still connected. */
  seen(): void {
    this.seenAt = deadlines.now();
  }

  /** True while a call of the session runs, or a stream to its client is open. */
  get isBusy(): boolean {
    return this.calls.size > 0 || this.streams > 0;
  }

  /** Counts a stream to the client as open, until you call the returned function. */
  hold(): () => void {
    this.streams++;
    return () => {
      this.streams--;
      this.seen();
    };
  }

  /**
   * How many handlers are running. A cancelled call counts until its handler returns: otherwise a client could exceed
   * the limit by calling and cancelling.
   */
  get runningHandlers(): number {
    return this.handlers;
  }

  /**
   * Serves a client that reconnects without `initialize`. What the client sent the first time is not known any more:
   * it counts as having no capabilities, and as ready to be notified of changes to the lists in `announcedLists`.
   */
  presume(protocolVersion: SessionRevision, announcedLists: readonly string[]): void {
    if (this.hasRevision) return;
    this.stage = 'presumed';
    this.who = { protocolVersion, clientInfo: undefined, clientCapabilities: {} };
    this.announced = announcedLists;
    this.readiness = true;
  }

  /**
   * Begins the session, and replaces what was presumed.
   * @param announcedLists lists whose changes the server announced to the client
   */
  initialize(
    protocolVersion: SessionRevision,
    clientInfo?: McpPeer['clientInfo'],
    clientCapabilities: JsonObject = {},
    announcedLists: readonly string[] = [],
  ): void {
    this.stage = 'initialized';
    this.who = { protocolVersion, clientInfo, clientCapabilities };
    this.announced = announcedLists;
    this.readiness = false;
    this.level = FIRST_LOG_LEVEL;
  }

  /**
   * Call this when the client has sent `notifications/initialized`: from now on it may be notified of changes. Before
   * `initialize`, it has no effect.
   */
  ready(): void {
    if (this.hasRevision) this.readiness = true;
  }

  get isReady(): boolean {
    return this.readiness;
  }

  /** Lists (`tools`, …) whose changes the server has announced to the client. */
  get announcedLists(): readonly string[] {
    return this.announced;
  }

  /** Whether to notify the client now if that list changes. */
  expectsChangesOf(list: string): boolean {
    return this.readiness && this.announced.includes(list);
  }

  /**
   * Sends messages to this channel from now on, beginning with those that the client missed. Replaces an earlier
   * channel. Call the returned function to detach it.
   */
  attach(channel: SessionChannel): () => void {
    this.channel = channel;
    for (const message of this.missed) channel(message);
    this.missed.clear();
    return () => {
      if (this.channel === channel) this.channel = undefined;
    };
  }

  /**
   * Notifies the client now, or when a channel is attached. Of the notifications that it misses, the latest are kept,
   * each once.
   */
  notify(method: string, params?: JsonObject): void {
    const message = notificationMessage(method, params);
    if (this.channel) this.channel(message);
    else this.keep(message);
  }

  async request(
    method: string,
    params?: JsonObject,
    options?: ClientRequestOptions,
  ): Promise<JsonObject> {
    if (this.channel === undefined && !this.over)
      throw new ClientRequestError('unsupported', REQUEST_WITHOUT_STREAM(method));
    return this.outgoing.send(method, params, (message) => this.deliver(message), options);
  }

  /** The requests that this node has sent to the client. */
  get outgoing(): OutgoingRequests {
    this.sent ??= new OutgoingRequests(this.nodeId, (message) => this.deliver(message));
    if (this.over) this.sent.close(new Error('The session is over'));
    return this.sent;
  }

  /** Passes a client's response to the code that waits for it. Returns false if no code on this node does. */
  answered(response: JsonRpcResponse): boolean {
    return this.sent?.settle(response) === true;
  }

  /** Sends a message on the session's own stream. Without a stream, the message is lost. */
  deliver(message: string): void {
    this.channel?.(message);
  }

  /** Whether a message of this size may wait on the session's own stream. */
  hasCapacity(bytes: number): boolean {
    return this.channel?.hasCapacity?.(bytes) !== false;
  }

  hasCall(id: RequestId): boolean {
    return this.calls.has(id);
  }

  /** Begins a call. Its id must not belong to a running call; see {@link hasCall}. */
  begin(request: JsonRpcRequest, outlet: CallOutlet, http: HttpExchange | undefined): RunningCall {
    const call = this.factory.create(request, this, outlet, http);
    this.calls.set(call.id, call);
    this.handlers++;
    return call;
  }

  /** Call this when the handler of a call has returned, even if the call is over already. */
  handlerEnded(): void {
    this.handlers--;
  }

  finished(call: RunningCall): void {
    if (this.calls.delete(call.id)) this.seen();
    this.sent?.callEnded(call);
  }

  /**
   * Aborts one call. An unknown or finished call is ignored, and `initialize` cannot be cancelled (2025-11-25
   * cancellation, Behavior Requirements).
   */
  cancel(id: RequestId, reason: Error): void {
    const call = this.calls.get(id);
    if (call?.method !== 'initialize') call?.abort(reason);
  }

  /** True once the session is over. */
  get isClosed(): boolean {
    return this.over;
  }

  /**
   * Calls the listener when the session is over, or at once if it is over already. Returns a function that
   * unsubscribes.
   */
  whenClosed(listener: () => void): () => void {
    if (this.over) listener();
    else this.closing.add(listener);
    return () => void this.closing.delete(listener);
  }

  /** Aborts every running call, and calls the listeners of {@link whenClosed}. A second call has no effect. */
  close(reason: Error): void {
    if (this.over) return;
    this.over = true;
    this.sent?.close(reason);
    for (const call of this.calls.values()) call.abort(reason);
    for (const listener of this.closing) runGuarded(listener);
  }

  private keep(message: string): void {
    const [oldest] = this.missed;
    if (this.missed.size === MOST_MISSED && oldest !== undefined && !this.missed.has(message))
      this.missed.delete(oldest);
    this.missed.add(message);
  }
}
