import type { HttpExchange } from './http-exchange.interface.js';
import type { LogLevel } from './log-level.js';
import type { JsonObject } from './json.js';

/** Id of a JSON-RPC request: a string or a whole number, with its type kept. A `bigint` if it is beyond 2^53. */
export type RequestId = string | number | bigint;

/** The client, as it describes itself in `initialize`. A property that it did not send is undefined. */
export interface McpPeer {
  readonly protocolVersion: string | undefined;
  readonly clientInfo: { readonly name: string; readonly version: string } | undefined;
  readonly clientCapabilities: JsonObject;
}

/** How long the server waits for a client's response to one of its requests. */
export interface ClientRequestOptions {
  /** Cancels the request when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the request is cancelled. Default: 60,000. */
  readonly timeoutMs?: number | undefined;
}

/** One request that is being processed, the same for every transport and revision. */
export interface McpCall {
  readonly id: RequestId;
  readonly method: string;
  readonly params: JsonObject;
  readonly peer: McpPeer;
  /** Undefined if the revision has no sessions. */
  readonly sessionId: string | undefined;
  readonly http: HttpExchange | undefined;
  /** The lowest level of log messages that the client wants for this call. Undefined if it wants none. */
  readonly logLevel: LogLevel | undefined;
  /** Aborted when no one waits for the answer any more. Made when it is first read. */
  readonly signal: AbortSignal;
  /** False once the call is over: answered, cancelled, or abandoned by its client. */
  readonly isActive: boolean;
  /** Aborts the signal. The call can still be answered. */
  interrupt(reason: Error): void;
  /** Calls the listener when the call is over, for any reason. */
  whenOver(listener: () => void): void;
  /** Calls the listener just before the answer is sent. It is not called if the call ends without an answer. */
  beforeAnswer(listener: () => void): void;
  /**
   * Ends the connection of the call and lets the call continue, if the client can reconnect. Resolves to whether it
   * did so.
   */
  releaseStream(retryMs: number | undefined): Promise<boolean>;
  /** Sends a notification that belongs to this call. Has no effect once the call is over. */
  notify(method: string, params: JsonObject): void;
  /**
   * Sends a request that belongs to this call, and resolves to the result of the client's response, which may arrive
   * at any node. The request is cancelled when the call is over.
   * @throws ClientErrorResponse when the client responds with an error.
   * @throws ClientRequestError when there is no response: the revision, the transport or the options do not allow
   * requests from the server, too many requests wait, the time is up, the signal is aborted, or the call or its
   * session is over.
   */
  request(method: string, params?: JsonObject, options?: ClientRequestOptions): Promise<JsonObject>;
}
