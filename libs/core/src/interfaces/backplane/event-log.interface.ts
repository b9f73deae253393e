/**
 * Names an event within its stream: one or two numbers (`42`, `1700000000000-0`), of up to 20 digits each.
 * Only the log that gave it knows what they mean.
 */
export type EventId = string;

/**
 * Names one stream of events. The session comes first: no cursor, forged or honest, reaches
 * the events of another session.
 */
export interface StreamKey {
  /** Id of the session. */
  readonly session: string;
  /** Name of the stream within its session, of 1 to 80 of `A-Z a-z 0-9 . -` ({@link eventIdOf}). */
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

/** What is said of an event as it is appended. */
export interface AppendOptions {
  /** True for the last event of its stream. */
  readonly final: boolean;
  /**
   * Whom the event is held for: a digest of the user, or of the address where there is none. Default: its session.
   * Where a log drops events to make room, it drops those of whoever holds most, and never another's on behalf
   * of one that wants more.
   */
  readonly owner?: string;
}

/**
 * Events that clients can ask for again (2025-11-25 transports, Resumability and Redelivery).
 * What it holds is bounded, in number and in time: see {@link EventsExpiredError}.
 */
export interface EventLog {
  /**
   * Appends one event, and gives its id once {@link read} on any node can find it. Write here first, then to
   * the socket. After a `final` event nothing more is appended to the stream, and it is forgotten in minutes.
   *
   * To make a connection resumable before it has anything to say, append an event with empty data and send
   * that first: only the id of an event that was appended is a cursor.
   * @throws BackplaneUnavailableError
   */
  append(stream: StreamKey, data: string, options: AppendOptions): Promise<EventId>;
  /**
   * Looks the event `after` up. The iterable then gives every later event of the stream once, in order, and
   * goes on with those that are appended meanwhile, on whatever node. It ends behind the final event, and
   * when the signal fires. Nothing is held for an iterable before its first event is asked for.
   * @throws EventsExpiredError when the log does not hold the event `after` (any more): the stream was never
   *   there, is forgotten, or was trimmed. The iteration throws it when the stream is removed, or trimmed
   *   faster than it is read. There is never a gap.
   * @throws BackplaneUnavailableError, here or in the iteration
   */
  read(stream: StreamKey, after: EventId, signal: AbortSignal): Promise<AsyncIterable<LoggedEvent>>;
  /** Forgets all streams of a session; an unknown one is no error. Whoever reads one gets EventsExpiredError. */
  remove(sessionId: string): Promise<void>;
}
