import { randomBytes } from 'node:crypto';
import type { HttpExchange } from '../interfaces/http-exchange.interface.js';
import type { JsonObject } from '../interfaces/json.js';
import type { McpPeer, RequestId } from '../interfaces/mcp-call.interface.js';
import type { JsonRpcRequest } from '../protocol/json-rpc.js';
import type { SessionRevision } from '../protocol/revisions.js';
import { type CallOwner, RunningCall } from './running-call.js';

/** What a session tells its registry. */
export interface SessionEvents {
  callStarted(): void;
  callFinished(): void;
}

const ID_BYTES = 16;

/** One client's conversation: who it is, which of its calls run, and where messages to it go. */
export class Session implements CallOwner {
  /** 128 random bits, base64url (2025-11-25 transports, Session Management). */
  readonly id = randomBytes(ID_BYTES).toString('base64url');
  /** The path parameters it was opened under, as `placeOf()` gives them; only there it is found. */
  place = '';
  private readonly calls = new Map<RequestId, RunningCall>();
  private handlers = 0;
  private who: McpPeer = {
    protocolVersion: undefined,
    clientInfo: undefined,
    clientCapabilities: {},
  };

  constructor(
    private readonly deliver: (message: string) => void,
    private readonly events: SessionEvents,
  ) {}

  get peer(): McpPeer {
    return this.who;
  }

  get isInitialized(): boolean {
    return this.who.protocolVersion !== undefined;
  }

  /**
   * Calls whose handler has not come to an end; a cancelled one counts until its handler heeds the signal,
   * or calling and cancelling would be a way around the cap.
   */
  get runningHandlers(): number {
    return this.handlers;
  }

  initialize(
    protocolVersion: SessionRevision,
    clientInfo?: McpPeer['clientInfo'],
    clientCapabilities: JsonObject = {},
  ): void {
    this.who = { protocolVersion, clientInfo, clientCapabilities };
  }

  hasCall(id: RequestId): boolean {
    return this.calls.has(id);
  }

  /** Takes a request in; its id must not be running ({@link hasCall}). */
  begin(request: JsonRpcRequest, http: HttpExchange | undefined): RunningCall {
    const call = new RunningCall(request, this, http);
    this.calls.set(call.id, call);
    this.handlers++;
    this.events.callStarted();
    return call;
  }

  /** To be told when the handler of a call has come to its end, whatever became of the call. */
  handlerEnded(): void {
    this.handlers--;
  }

  finished(call: RunningCall): void {
    if (this.calls.delete(call.id)) this.events.callFinished();
  }

  /** Aborts one call; an unknown or finished one is none of our business (2025-11-25 cancellation). */
  cancel(id: RequestId, reason: Error): void {
    this.calls.get(id)?.abort(reason);
  }

  /** Aborts every running call. */
  abortAll(reason: Error): void {
    for (const call of this.calls.values()) call.abort(reason);
  }

  /** Answers every running call with the same error, and aborts it. */
  cutAll(messageFor: (id: RequestId) => string, reason: Error): void {
    for (const call of this.calls.values()) {
      this.send(messageFor(call.id));
      call.abort(reason);
    }
  }

  send(message: string): void {
    this.deliver(message);
  }
}
