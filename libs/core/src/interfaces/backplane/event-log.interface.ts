/**
 * Identifies an event within its stream: one or two numbers (`42`, `1700000000000-0`) of up to 20 digits each. Only
 * the log that made the id can interpret it.
 */
export type EventId = string;

/**
 * Identifies one stream of events. The session is part of the key, so that no cursor, not even a forged one, leads to
 * the events of another session.
 */
export interface StreamKey {
  /** Id of the session. */
  readonly session: string;
  /** Name of the stream within its session: 1 to 80 of the characters `A-Z a-z 0-9 . -` ({@link eventIdOf}). */
  readonly stream: string;
}

/** One event of a stream. */
export interface LoggedEvent {
  readonly id: EventId;
  /** A serialized message, or empty. */
  readonly data: string;
  /** True for the last event of its stream. */
  readonly final: boolean;
}

/** Options of {@link EventLog.append}. */
export interface AppendOptions {
  /** True for the last event of its stream. */
  readonly final: boolean;
  /**
   * Whose quota the event counts for: a digest of the user, or of the address if there is no user. Default: its
   * session. A log that must drop events drops those of the owner that holds most, and never drops another owner's
   * events for the sake of one that wants more.
   */
  readonly owner?: string;
}

/**
 * The events that clients can ask for again (2025-11-25 transports, Resumability and Redelivery). The log is limited
 * in size and in time; see {@link EventsExpiredError}.
 */
export interface EventLog {
  /**
   * Appends one event. Resolves to its id once {@link read} on any node can find the event. Append an event before
   * you write it to the socket. After a `final` event, nothing more is appended to the stream, and the log forgets
   * the stream within minutes.
   *
   * To make a connection resumable before its first message, append an event with empty data and send that first:
   * only the id of an appended event is a cursor.
   * @throws BackplaneUnavailableError when the log cannot be written.
   */
  append(stream: StreamKey, data: string, options: AppendOptions): Promise<EventId>;
  /**
   * Finds the event `after`. The iterable then yields every later event of the stream once, in order, and continues
   * with events that any node appends in the meantime. It ends after the final event, and when the signal fires. It
   * holds no resources before its first event is requested. It never skips an event.
   * @throws EventsExpiredError when the log does not hold the event `after`: the stream never existed, was removed,
   * or was trimmed. The iteration throws it when the stream is removed, or trimmed faster than it is read.
   * @throws BackplaneUnavailableError here, or in the iteration, when the log cannot be read.
   */
  read(stream: StreamKey, after: EventId, signal: AbortSignal): Promise<AsyncIterable<LoggedEvent>>;
  /**
   * Removes all streams of a session. A session without streams is not an error. A running {@link read} throws
   * EventsExpiredError.
   */
  remove(sessionId: string): Promise<void>;
}
