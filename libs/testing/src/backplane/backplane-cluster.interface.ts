import type { Backplane } from '@nestmcp/core';

/** The nodes that the adapter under test connects, and the operations that the contract needs. */
export interface BackplaneCluster {
  /** The nodes, not started yet. */
  readonly backplanes: readonly Backplane[];
  /** The limits of the log, as low as the adapter allows. Leave them out if the adapter has no log. */
  readonly log?: {
    /** The number of further events in a stream after which an event is certainly dropped. */
    readonly dropsAfter: number;
    /** The time from its final event after which a stream is certainly removed, in milliseconds. */
    readonly keepMs: number;
  };
  /** Waits, or advances a fake clock, by a number of milliseconds. */
  advance(milliseconds: number): Promise<void>;
  /** Disconnects a started node without `stop()`, as `kill -9` would. Resolves when its lease is over. */
  lose(backplane: Backplane): Promise<void>;
  /** Cleans up. Called when every node is stopped. */
  dispose?(): Promise<void>;
}

/** Creates a cluster for one case of the contract. It must not share state with any other cluster. */
export type MakeCluster = (nodes: number) => Promise<BackplaneCluster>;
