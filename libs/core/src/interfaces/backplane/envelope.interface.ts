/**
 * What one node sends to another about one session. The receiver acts on it only if it knows the session and if the
 * principal and the server match: an envelope does not prove who sent it (session hijack prompt injection, MCP
 * Security Best Practices).
 */
export interface Envelope {
  /** Version of this format. A receiver drops any other version. */
  readonly v: 1;
  /** Unique. A receiver drops an envelope whose id it has seen. */
  readonly id: string;
  /**
   * - `deliver`: a message for the client, to be written to the session's stream unchanged
   * - `reply`: the client's response to a request of the server, for the node that the id of the request names
   * - `close`: the session is over; the node that holds its stream ends it
   */
  readonly kind: 'deliver' | 'reply' | 'close';
  /** Id of the session. */
  readonly sid: string;
  /** Hash of the session's principal. */
  readonly ph: string;
  /** Name of the MCP server. */
  readonly server: string;
  /** A serialized JSON-RPC message. Empty for `close`. */
  readonly data: string;
}

/** What one node broadcasts. A receiver may get an event twice without harm. */
export type BusEvent = BusCancel | BusChanged | BusClose | BusListChanged;

/** A client cancelled one of its requests. The node that runs it aborts it. */
export interface BusCancel {
  readonly kind: 'cancel';
  /** Id of the session. */
  readonly sid: string;
  /** Hash of the session's principal. */
  readonly ph: string;
  /** The id with its type. A whole number beyond 2^53 is sent as its digits; see {@link isWhole}. */
  readonly requestId: string | number;
  /** True if `requestId` is the digits of a number. */
  readonly isWhole?: boolean;
  /** The reason that the client sent. */
  readonly reason?: string;
}

/** The record of a session has changed. Nodes that know the session read it again. */
export interface BusChanged {
  readonly kind: 'changed';
  /** Id of the session. */
  readonly sid: string;
}

/** A session is over. Nodes that run calls of it abort them. */
export interface BusClose {
  readonly kind: 'close';
  /** Id of the session. */
  readonly sid: string;
}

/** A list of a server has changed. Nodes that hold streams notify their clients. */
export interface BusListChanged {
  readonly kind: 'list_changed';
  /** Name of the MCP server. */
  readonly server: string;
  readonly feature: string;
}
