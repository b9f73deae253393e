import type { HttpExchange } from './http-exchange.interface.js';
import type { LogLevel } from './log-level.js';
import type { JsonObject } from './json.js';

/** Id of a JSON-RPC request: a string or a whole number, kept with its type; a `bigint` beyond 2^53. */
export type RequestId = string | number | bigint;

/** Who is at the other end, as told in `initialize`. Undefined members were not told. */
export interface McpPeer {
  readonly protocolVersion: string | undefined;
  readonly clientInfo: { readonly name: string; readonly version: string } | undefined;
  readonly clientCapabilities: JsonObject;
}

/** How long the server waits for a client's response to one of its requests. */
export interface ClientRequestOptions {
  /** Gives the request up when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the request is given up. Default: 60,000. */
  readonly timeoutMs?: number | undefined;
}

/** One request on its way through the engine, the same for every transport and revision. */
export interface McpCall {
  readonly id: RequestId;
  readonly method: string;
  readonly params: JsonObject;
  readonly peer: McpPeer;
  /** Undefined where the revision has no sessions. */
  readonly sessionId: string | undefined;
  readonly http: HttpExchange | undefined;
  /** Least level of the log messages that the client wants of this call; undefined for none. */
  readonly logLevel: LogLevel | undefined;
  /** Aborted when nobody waits for the answer any more; made when first read. */
  readonly signal: AbortSignal;
  /** False once the call is over: answered, cancelled, or left by its client. */
  readonly isActive: boolean;
  /** Aborts the signal, and leaves the call to be answered. */
  interrupt(reason: Error): void;
  /** Calls back when the call is over, for whatever reason. */
  whenOver(listener: () => void): void;
  /** Calls back just before the answer leaves; not when the call ends without one. */
  beforeAnswer(listener: () => void): void;
  /** Ends the connection that the call came by and lets the call go on, where the client can come back; tells whether. */
  releaseStream(retryMs: number | undefined): Promise<boolean>;
  /** Sends a notification that belongs to this call; does nothing once the call is over. */
  notify(method: string, params: JsonObject): void;
  /**
   * Sends a request that belongs to this call, and resolves to the result of the client's response, which may come
   * in at any node. It is given up when the call is over.
   *
   * Rejects with `ClientErrorResponse` when the client responds with an error, and with `ClientRequestError` when
   * there is no response: the revision, the transport or the options have no requests from the server, too many
   * wait, the time is up, the signal is aborted, or the call or its session is over.
   */
  request(method: string, params?: JsonObject, options?: ClientRequestOptions): Promise<JsonObject>;
}
