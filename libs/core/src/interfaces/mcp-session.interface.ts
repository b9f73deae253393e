import type { JsonObject } from './json.js';
import type { ClientRequestOptions, McpPeer } from './mcp-call.interface.js';

/** One client's session, as far as features use it. */
export interface McpSession {
  readonly id: string;
  /** Who is at the other end, as told in `initialize`. */
  readonly peer: McpPeer;
  /**
   * Sends a notification on the session's own stream. Where the client has none open, the latest ones are kept
   * until it opens one at this process; equal ones are sent once.
   */
  notify(method: string, params?: JsonObject): void;
  /**
   * Sends a request on the session's own stream, and resolves to the result of the client's response, which may
   * come in at any node. A request that belongs to a call is sent with `McpCall.request()` instead: it needs no
   * stream of the session.
   *
   * Rejects with `ClientErrorResponse` when the client responds with an error, and with `ClientRequestError` when
   * there is no response: no stream is open, too many requests wait, the time is up, the signal is aborted, or the
   * session is over.
   */
  request(method: string, params?: JsonObject, options?: ClientRequestOptions): Promise<JsonObject>;
  /** Calls back when the session is over, at once where it is; the function returned takes that back. */
  whenClosed(listener: () => void): () => void;
}
