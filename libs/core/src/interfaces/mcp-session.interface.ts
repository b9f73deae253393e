import type { JsonObject } from './json.js';
import type { ClientRequestOptions, McpPeer } from './mcp-call.interface.js';

/** One client's session, for features. */
export interface McpSession {
  readonly id: string;
  /** The client, as it describes itself in `initialize`. */
  readonly peer: McpPeer;
  /**
   * Sends a notification on the session's own stream. If the client has no stream open, the latest notifications are
   * kept, each once, until the client opens one at this process.
   */
  notify(method: string, params?: JsonObject): void;
  /**
   * Sends a request on the session's own stream, and resolves to the result of the client's response, which may
   * arrive at any node. For a request that belongs to a call, use `McpCall.request()` instead, which does not need a
   * stream of the session.
   * @throws ClientErrorResponse when the client responds with an error.
   * @throws ClientRequestError when there is no response: no stream is open, too many requests wait, the time is up,
   * the signal is aborted, or the session is over.
   */
  request(method: string, params?: JsonObject, options?: ClientRequestOptions): Promise<JsonObject>;
  /**
   * Calls the listener when the session is over, or at once if it is over already. Returns a function that
   * unsubscribes.
   */
  whenClosed(listener: () => void): () => void;
}
