import type { McpPeer } from '../mcp-call.interface.js';
import type { NodeId } from './node-id.js';

/** What every node may know of a session. All of it survives JSON; none of it is a secret of the client's. */
export interface SessionRecord extends McpPeer {
  /** Id of the session, unique across servers. */
  readonly id: string;
  /** Name of the MCP server. */
  readonly server: string;
  readonly transport: 'sse' | 'streamable-http';
  /** Node that holds the session's SSE stream; undefined for Streamable HTTP, where every node can answer. */
  readonly holder: NodeId | undefined;
  /** Hash of who opened the session; nobody else may use it. */
  readonly principal: string;
  /** Values of the path's parameters that it was opened under; it is found nowhere else. */
  readonly pathParameters: string;
  /** Lists (`tools`, …) whose changes the server has promised to tell the client of. */
  readonly announcedLists: readonly string[];
  /**
   * Whether the revision is only presumed, of a client that reconnects without `initialize`. An `initialize`
   * overrules it, at whichever node. Default: false.
   */
  readonly isPresumed?: boolean;
  /** Whether the client has said that it is ready to be told of changes (`notifications/initialized`). */
  readonly isReady?: boolean;
  /** Level that the client set with `logging/setLevel`, where it did. */
  readonly logLevel?: string;
}

/** A session as the directory knows it now. */
export interface FoundSession {
  readonly record: SessionRecord;
  /** Whether the node that holds its stream is alive; false also where there is no holder. */
  readonly holderAlive: boolean;
}

/** The sessions of all nodes. Each call may reject with {@link BackplaneUnavailableError}. */
export interface SessionDirectory {
  /** Writes a record whole, in place of any other with its id, to be forgotten after `ttlMs` milliseconds. */
  put(record: SessionRecord, ttlMs: number): Promise<void>;
  /** Gives a session, or undefined where it is unknown, removed or forgotten. */
  get(id: string): Promise<FoundSession | undefined>;
  /**
   * Lets a session live `ttlMs` milliseconds from now. False where the directory does not know it (any more):
   * an engine can have come back empty, so that whoever has the session puts it again.
   */
  touch(id: string, ttlMs: number): Promise<boolean>;
  /** Forgets a session; an unknown one is no error. Its events are removed apart ({@link EventLog.remove}). */
  remove(id: string): Promise<void>;
}
