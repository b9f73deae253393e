/** Where the messages of one call go: a session's stream, or the response of the POST that carries the call. */
export interface CallOutlet {
  /** Sends a message that belongs to the call, ahead of its answer. */
  notify(message: string): void;
  /**
   * Sends a request of the server that belongs to the call, ahead of its answer. Not there where the client is sent
   * nothing but the answer.
   */
  request?(message: string): void;
  /**
   * Whether an answer of so many bytes may wait for the client, which is cut off where it may not. Not there where
   * answers are small.
   */
  hasCapacity?(bytes: number): boolean;
  /** Sends the answer; `errorCode` is that of a JSON-RPC error. Nothing comes after it. */
  answer(message: string, errorCode?: number): void;
  /**
   * Ends the client's connection, and keeps what comes for when it is back; tells whether it did. Without
   * `retryMs`, the client waits as long as the option says. Not there where clients do not come back.
   */
  release?(retryMs: number | undefined): Promise<boolean>;
  /** Told in place of an answer when the call was given up: nobody waits for one. */
  abandon(): void;
}
