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
/** Notifications that are kept for a client that has no stream open. */
const MOST_MISSED = 100;

/** Before a client says which log messages it wants, it gets these (logging, Setting Log Level). */
const FIRST_LOG_LEVEL: LogLevel = 'info';

/** What a session is from its first moment on. */
export interface SessionOrigin {
  readonly transport: SessionRecord['transport'] | 'stdio';
  /** Node that holds its stream; undefined where it has none of its own. */
  readonly holder?: NodeId | undefined;
  /** Whose it is; see `Principals`. */
  readonly principal: string;
  /** The path parameters it is opened under; see `pathParametersOf()`. */
  readonly pathParameters: string;
  /** Default: a new one. */
  readonly id?: string;
}

/**
 * What is known of a session's revision: nothing (`opened`), what a client that reconnects suggests (`presumed`),
 * or what `initialize` has settled (`initialized`). A suggestion is no proof: `initialize` overrules it.
 */
type SessionStage = 'opened' | 'presumed' | 'initialized';

/** Takes the messages of a session that belong to none of its calls. */
export interface SessionChannel {
  (message: string): void;
  /** Whether a message of so many bytes may wait there. Default: it may. */
  readonly hasCapacity?: (bytes: number) => boolean;
}

/** One client's conversation: who it is, which of its calls run, and where messages to it go. */
export class Session implements CallOwner, McpSession {
  /** 128 random bits, base64url (2025-11-25 transports, Session Management). */
  readonly id: string;
  readonly transport: SessionOrigin['transport'];
  readonly principal: string;
  readonly holder: NodeId | undefined;
  /** The path parameters it was opened under, as `pathParametersOf()` gives them; only there it is found. */
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

  /** True once the client has sent `initialize`; it does so once. */
  get isInitialized(): boolean {
    return this.stage === 'initialized';
  }

  /** True while its revision is no more than a suggestion of the client's; see {@link presume}. */
  get isPresumed(): boolean {
    return this.stage === 'presumed';
  }

  /** True once there is a revision to serve requests with, settled or presumed. */
  get hasRevision(): boolean {
    return this.stage !== 'opened';
  }

  get logLevel(): LogLevel {
    return this.level;
  }

  set logLevel(level: LogLevel) {
    this.level = level;
  }

  /** When it was last used, by the monotonic clock, in milliseconds of `deadlines.now()`. */
  get lastSeen(): number {
    return this.seenAt;
  }

  /** To be called whenever the client shows that it is still there. */
  seen(): void {
    this.seenAt = deadlines.now();
  }

  /** True while a call of it is not over, or a stream to its client is open. */
  get isBusy(): boolean {
    return this.calls.size > 0 || this.streams > 0;
  }

  /** Counts a stream to the client as open; the function given back ends that. */
  hold(): () => void {
    this.streams++;
    return () => {
      this.streams--;
      this.seen();
    };
  }

  /**
   * Calls whose handler has not come to an end; a cancelled one counts until its handler heeds the signal,
   * or calling and cancelling would be a way around the cap.
   */
  get runningHandlers(): number {
    return this.handlers;
  }

  /**
   * Serves a client that does not initialize again when it reconnects. What it said the first time is not known
   * any more: it counts as having no capabilities, and as ready to be notified of changes to the lists in `announcedLists`.
   */
  presume(protocolVersion: SessionRevision, announcedLists: readonly string[]): void {
    if (this.hasRevision) return;
    this.stage = 'presumed';
    this.who = { protocolVersion, clientInfo: undefined, clientCapabilities: {} };
    this.announced = announcedLists;
    this.readiness = true;
  }

  /**
   * Begins the session, whatever was presumed of it before. `announcedLists` are the lists whose changes the client
   * was told that it will hear of.
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
   * The client has sent `notifications/initialized`: from now on it may be told of changes. Ahead of
   * `initialize` that proves nothing, and changes nothing.
   */
  ready(): void {
    if (this.hasRevision) this.readiness = true;
  }

  get isReady(): boolean {
    return this.readiness;
  }

  /** Lists (`tools`, …) whose changes the client expects to hear of. */
  get announcedLists(): readonly string[] {
    return this.announced;
  }

  /** Tells whether the client is to be told now when that list changes. */
  expectsChangesOf(list: string): boolean {
    return this.readiness && this.announced.includes(list);
  }

  /**
   * From now on messages go there, those that were missed first; the function given back ends that. A later
   * channel takes the place of an earlier one.
   */
  attach(channel: SessionChannel): () => void {
    this.channel = channel;
    for (const message of this.missed) channel(message);
    this.missed.clear();
    return () => {
      if (this.channel === channel) this.channel = undefined;
    };
  }

  /** Sends the client a notification, now or as soon as it listens; of those it missed, the latest, each once. */
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

  /** Requests that this node has sent to the client. */
  get outgoing(): OutgoingRequests {
    this.sent ??= new OutgoingRequests(this.nodeId, (message) => this.deliver(message));
    if (this.over) this.sent.close(new Error('The session is over'));
    return this.sent;
  }

  /** Hands a response of the client to the code that asked; false where none did, on this node. */
  answered(response: JsonRpcResponse): boolean {
    return this.sent?.settle(response) === true;
  }

  /** Hands a message to the client on the session's own stream; without one it is lost. */
  deliver(message: string): void {
    this.channel?.(message);
  }

  /** Whether a message of so many bytes may wait on the session's own stream. */
  hasCapacity(bytes: number): boolean {
    return this.channel?.hasCapacity?.(bytes) !== false;
  }

  hasCall(id: RequestId): boolean {
    return this.calls.has(id);
  }

  /** Takes a request in; its id must not be running ({@link hasCall}). */
  begin(request: JsonRpcRequest, outlet: CallOutlet, http: HttpExchange | undefined): RunningCall {
    const call = this.factory.create(request, this, outlet, http);
    this.calls.set(call.id, call);
    this.handlers++;
    return call;
  }

  /** To be told when the handler of a call has come to its end, whatever became of the call. */
  handlerEnded(): void {
    this.handlers--;
  }

  finished(call: RunningCall): void {
    if (this.calls.delete(call.id)) this.seen();
    this.sent?.callEnded(call);
  }

  /**
   * Aborts one call. An unknown or finished one is none of our business, and `initialize` cannot be cancelled
   * (2025-11-25 cancellation, Behavior Requirements).
   */
  cancel(id: RequestId, reason: Error): void {
    const call = this.calls.get(id);
    if (call?.method !== 'initialize') call?.abort(reason);
  }

  /** True from the moment that nobody can use it any more. */
  get isClosed(): boolean {
    return this.over;
  }

  /** Calls back when the session is over, at once where it is; the function given back takes that back. */
  whenClosed(listener: () => void): () => void {
    if (this.over) listener();
    else this.closing.add(listener);
    return () => void this.closing.delete(listener);
  }

  /** Aborts every running call, and ends what hangs on the session; once, however many requests end it. */
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
