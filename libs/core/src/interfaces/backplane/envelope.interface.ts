/**
 * What one node sends to another, about one session. Its receiver acts only where the session, the
 * principal and the server are its own: an envelope is no proof of anything (session hijack prompt
 * injection, MCP Security Best Practices).
 */
export interface Envelope {
  /** Version of this form; a receiver drops any other. */
  readonly v: 1;
  /** Unique; a receiver drops an envelope whose id it has had. */
  readonly id: string;
  /**
   * - `deliver`: a message for the client, to be written to the session's stream as it is
   * - `reply`: the client's response to a request of the server, for the node that the request's id names
   * - `close`: the session is over; its holder ends the stream
   */
  readonly kind: 'deliver' | 'reply' | 'close';
  /** Id of the session. */
  readonly sid: string;
  /** Hash of the session's principal. */
  readonly ph: string;
  /** Name of the MCP server. */
  readonly server: string;
  /** A serialized JSON-RPC message; empty for `close`. */
  readonly data: string;
}

/** What one node tells all others. Every one of them can be told twice without harm. */
export type BusEvent = BusCancel | BusChanged | BusClose | BusListChanged;

/** A client gave one of its requests up; whoever runs it aborts it. */
export interface BusCancel {
  readonly kind: 'cancel';
  /** Id of the session. */
  readonly sid: string;
  /** Hash of the session's principal. */
  readonly ph: string;
  /** The id, with its type; of a number beyond 2^53 its digits, and {@link isWhole}. */
  readonly requestId: string | number;
  /** True where `requestId` has the digits of a number. */
  readonly isWhole?: boolean;
  /** What the client said why. */
  readonly reason?: string;
}

/** The record of a session is another now; whoever knows the session reads it again. */
export interface BusChanged {
  readonly kind: 'changed';
  /** Id of the session. */
  readonly sid: string;
}

/** A session is over; whoever runs calls of it aborts them. */
export interface BusClose {
  readonly kind: 'close';
  /** Id of the session. */
  readonly sid: string;
}

/** What a server has to list is another now; whoever holds streams tells their clients. */
export interface BusListChanged {
  readonly kind: 'list_changed';
  /** Name of the MCP server. */
  readonly server: string;
  readonly feature: string;
}
