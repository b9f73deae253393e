import type { BusEvent, Envelope } from './envelope.interface.js';
import type { EventLog } from './event-log.interface.js';
import type { SessionDirectory } from './session-directory.interface.js';
import type { NodeId } from './node-id.js';

export type { NodeId };

/**
 * Why envelopes may be missing: some were trimmed before the node read them (`trimmed`), the engine started anew
 * (`epoch`), or the node could not continue where it had stopped (`reconnect`).
 */
export type GapReason = 'trimmed' | 'epoch' | 'reconnect';

/**
 * What a node does with incoming messages. Handlers return at once and do not throw. If a handler throws, the adapter
 * skips that message, counts it in {@link BackplaneHealth.skipped} and continues.
 */
export interface BackplaneHandlers {
  /**
   * Receives an envelope. Those of one sender arrive in the order in which they were sent. The same envelope may
   * arrive twice; its `id` is the same.
   */
  onEnvelope(envelope: Envelope): void;
  /** Receives what another node broadcast. Events of one sender arrive in order. The same event may arrive twice. */
  onBus(event: BusEvent, origin: NodeId): void;
  /** Called when envelopes may be lost. The node then closes its streams, because they may lack messages. */
  onGap(reason: GapReason): void;
}

/** The state of a node's connection to the others. */
export interface BackplaneHealth {
  /** `degraded`: works, but is behind or reconnecting; `down`: not started, stopped, or disconnected. */
  readonly state: 'up' | 'degraded' | 'down';
  /** How far the node is behind in reading its messages, in milliseconds. */
  readonly lagMs: number;
  /** How many envelopes and events were skipped because they could not be handled. */
  readonly skipped: number;
  /** The last problem, without addresses or credentials. */
  readonly lastError?: string;
}

/**
 * Connects the nodes that serve the same MCP servers: which node holds which session (directory), messages to one
 * node (delivery) and to all nodes (broadcast), and, if there is one, the log that streams resume from.
 *
 * A tool runs on the node that got the request. Only its output crosses nodes, never tokens, headers or arguments.
 *
 * Every method may reject with {@link BackplaneUnavailableError}, and does so before `start()` has resolved and after
 * `stop()`. An adapter does not need deadlines of its own: {@link DeadlinedBackplane} adds them to any adapter.
 */
export interface Backplane {
  readonly nodeId: NodeId;
  readonly sessions: SessionDirectory;
  /** Undefined if streams cannot be resumed. */
  readonly log?: EventLog;
  /**
   * Joins the other nodes. From then on the node is alive, and its handlers receive what is sent to it. Call it once.
   */
  start(handlers: BackplaneHandlers): Promise<void>;
  /**
   * Leaves for good: the node is not alive any more, no handler is called, and no timer, connection or queue of it
   * remains. Sessions and events stay until they expire, for other nodes to use. Every running `read()` of the log
   * throws. May be called twice, and without `start()`.
   */
  stop(): Promise<void>;
  /** The present state, as this node knows it. Sends nothing. */
  health(): BackplaneHealth;
  /** Whether a node has started, has not stopped, and has a lease that is still valid. */
  isAlive(node: NodeId): Promise<boolean>;
  /**
   * Sends an envelope to one node, which may be this one. A handler is never called before this method returns.
   * `accepted`: the envelope arrives if that node stays alive. `gone`: that node is not alive, and nothing was sent.
   * After a rejection, the envelope may or may not have been sent. When the signal fires, rejects with its reason.
   */
  send(
    to: NodeId,
    envelope: Envelope,
    options: { readonly signal: AbortSignal },
  ): Promise<'accepted' | 'gone'>;
  /**
   * Sends an event to all other nodes that are alive. Not to this one: it acts on its own events itself, without the
   * engine.
   */
  broadcast(event: BusEvent): Promise<void>;
}
