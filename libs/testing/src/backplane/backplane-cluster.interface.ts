import type { Backplane } from '@nestmcp/core';

/** Nodes joined by the adapter under test, and what the contract needs to do to them. */
export interface BackplaneCluster {
  /** The nodes, not started yet. */
  readonly backplanes: readonly Backplane[];
  /** Bounds of the log, as short as the adapter lets them be set; left out where it has no log. */
  readonly log?: {
    /** Events that, appended to a stream behind one, surely drop that one. */
    readonly dropsAfter: number;
    /** Milliseconds until a stream is forgotten, surely, from its final event. */
    readonly keepMs: number;
  };
  /** Lets time pass: waits, or moves a fake clock. */
  advance(milliseconds: number): Promise<void>;
  /** Cuts a started node off without `stop()`, as `kill -9` would, and comes back when its lease is over. */
  lose(backplane: Backplane): Promise<void>;
  /** Cleans up, after every node was stopped. */
  dispose?(): Promise<void>;
}

/** Makes a cluster of so many nodes that shares nothing with any other, for one case of the contract. */
export type MakeCluster = (nodes: number) => Promise<BackplaneCluster>;
