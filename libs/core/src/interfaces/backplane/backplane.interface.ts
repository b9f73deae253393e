import type { BusEvent, Envelope } from './envelope.interface.js';
import type { EventLog } from './event-log.interface.js';
import type { SessionDirectory } from './session-directory.interface.js';
import type { NodeId } from './node-id.js';

export type { NodeId };

/** Why envelopes may be missing: the inbox was cut, was made anew, or could not be read on from where it was. */
export type GapReason = 'trimmed' | 'epoch' | 'reconnect';

/**
 * What a node does with what comes in. Handlers return at once and do not throw; where one does, the adapter
 * skips what it was given, counts it ({@link BackplaneHealth.skipped}) and goes on.
 */
export interface BackplaneHandlers {
  /** Takes an envelope. Those of one sender come in the order sent; the same one may come twice (`id`). */
  onEnvelope(envelope: Envelope): void;
  /** Takes what another node told all. Those of one sender come in order; the same one may come twice. */
  onBus(event: BusEvent, origin: NodeId): void;
  /** Is told that envelopes may be lost, so that streams can be closed rather than go on with a hole in them. */
  onGap(reason: GapReason): void;
}

/** How the node stands to the others. */
export interface BackplaneHealth {
  /** `degraded`: works, but not as it should (behind, reconnecting); `down`: not started, stopped, or cut off. */
  readonly state: 'up' | 'degraded' | 'down';
  /** Milliseconds that the node is behind with its inbox. */
  readonly lagMs: number;
  /** Envelopes and events that could not be handled, and were skipped. */
  readonly skipped: number;
  /** What went wrong last, without addresses or credentials. */
  readonly lastError?: string;
}

/**
 * Joins the nodes that serve the same MCP servers: who holds which session (directory), a way to it
 * (delivery), word to everybody (broadcast), and, where there is one, the log that streams resume from.
 *
 * The tool runs where the request came in; only what it gave crosses. Neither tokens nor headers nor
 * arguments do.
 *
 * Calls before `start()` has resolved, and after `stop()`, reject with {@link BackplaneUnavailableError},
 * as any call may. No call need bound its own time: {@link DeadlinedBackplane} does, around any adapter.
 */
export interface Backplane {
  readonly nodeId: NodeId;
  readonly sessions: SessionDirectory;
  /** Undefined where streams cannot be resumed. */
  readonly log?: EventLog;
  /** Joins the others. From then on the node is alive, and its handlers get what is sent to it. Once only. */
  start(handlers: BackplaneHandlers): Promise<void>;
  /**
   * Leaves for good: the node is not alive any more, no handler is called, and no timer, connection or inbox of
   * it remains. Sessions and events stay until their time is up, for other nodes to go on with. Every
   * `read()` of the log that is under way throws. May be called twice, and without `start()`.
   */
  stop(): Promise<void>;
  /** How it stands now; asks nobody. */
  health(): BackplaneHealth;
  /** Whether a node has started, and neither stopped nor been silent for longer than its lease. */
  isAlive(node: NodeId): Promise<boolean>;
  /**
   * Hands an envelope to one node, which may be this one; its handler is never called within this call.
   * `accepted`: it gets there, if that node lives; `gone`: that node is not alive, and nothing was sent. After a
   * rejection either may be true. When the signal has fired, rejects with its reason.
   */
  send(
    to: NodeId,
    envelope: Envelope,
    options: { readonly signal: AbortSignal },
  ): Promise<'accepted' | 'gone'>;
  /** Tells all other nodes that are alive. Not this one: it does itself what it tells, and needs no engine for it. */
  broadcast(event: BusEvent): Promise<void>;
}
