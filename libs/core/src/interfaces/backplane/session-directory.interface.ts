import type { McpPeer } from '../mcp-call.interface.js';
import type { NodeId } from './node-id.js';

/** What nodes share about a session. All of it can be written as JSON, and none of it is a secret of the client. */
export interface SessionRecord extends McpPeer {
  /** Id of the session, unique across servers. */
  readonly id: string;
  /** Name of the MCP server. */
  readonly server: string;
  readonly transport: 'sse' | 'streamable-http';
  /** Node that holds the session's SSE stream. Undefined for Streamable HTTP, where every node can answer. */
  readonly holder: NodeId | undefined;
  /** Hash of the principal that opened the session. No other principal may use it. */
  readonly principal: string;
  /** Values of the path parameters that it was opened with. It cannot be used with others. */
  readonly pathParameters: string;
  /** Lists (`tools`, …) whose changes the server has announced to the client. */
  readonly announcedLists: readonly string[];
  /**
   * Whether the revision is only presumed, because the client reconnected without `initialize`. An `initialize` at
   * any node overrules it. Default: false.
   */
  readonly isPresumed?: boolean;
  /** Whether the client has sent `notifications/initialized` and may be notified of changes. */
  readonly isReady?: boolean;
  /** Level that the client set with `logging/setLevel`. Undefined if it set none. */
  readonly logLevel?: string;
}

/** A session as the directory has it now. */
export interface FoundSession {
  readonly record: SessionRecord;
  /** Whether the node that holds its stream is alive. False also if no node holds one. */
  readonly holderAlive: boolean;
}

/** The sessions of all nodes. Each method may reject with {@link BackplaneUnavailableError}. */
export interface SessionDirectory {
  /**
   * Writes a whole record, and replaces an earlier one with the same id. The record expires after `ttlMs`
   * milliseconds.
   */
  put(record: SessionRecord, ttlMs: number): Promise<void>;
  /** Finds a session. Undefined if it is unknown, removed or expired. */
  get(id: string): Promise<FoundSession | undefined>;
  /**
   * Extends a session to `ttlMs` milliseconds from now. Resolves to false if the directory does not have it: an
   * engine may have restarted without data, and the node that has the session then puts it again.
   */
  touch(id: string, ttlMs: number): Promise<boolean>;
  /** Removes a session. An unknown session is not an error. {@link EventLog.remove} removes its events. */
  remove(id: string): Promise<void>;
}
