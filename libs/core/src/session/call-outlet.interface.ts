/**
 * Where the messages of one call go: the stream of its session, or the response of the POST that carries the call.
 */
export interface CallOutlet {
  /** Sends a message that belongs to the call, before its answer. */
  notify(message: string): void;
  /**
   * Sends a request of the server that belongs to the call, before its answer. Absent if the client gets only the
   * answer.
   */
  request?(message: string): void;
  /**
   * Whether an answer of this size may wait for the client. If not, the client is cut off. Absent if answers are
   * small.
   */
  hasCapacity?(bytes: number): boolean;
  /** Sends the answer, which is the last message. `errorCode` is the code of a JSON-RPC error. */
  answer(message: string, errorCode?: number): void;
  /**
   * Ends the client's connection and keeps later messages until the client reconnects. Returns whether it did so.
   * Without `retryMs`, the client waits as long as the `retry` option says. Absent if clients do not reconnect.
   */
  release?(retryMs: number | undefined): Promise<boolean>;
  /** Called instead of {@link answer} when the call is abandoned and no one waits for its answer. */
  abandon(): void;
}
