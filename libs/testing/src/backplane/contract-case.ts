import type { EventLog } from '@nestmcp/core';
import type { BackplaneCluster, MakeCluster } from './backplane-cluster.interface.js';
import { RecordedNode } from './recorded-node.js';

/** Three nodes of a cluster. Most cases use fewer. */
export interface Stage {
  readonly a: RecordedNode;
  readonly b: RecordedNode;
  readonly c: RecordedNode;
  readonly cluster: BackplaneCluster;
  /** The logs of the three nodes. A case that uses them fails if the adapter has no log. */
  readonly logs: readonly [EventLog, EventLog, EventLog];
}

/** One sentence of the contract, and its test. */
export interface ContractCase {
  readonly title: string;
  /** Whether the case starts the nodes itself. */
  readonly unstarted?: boolean;
  readonly run: (stage: Stage) => Promise<void>;
}

/** Runs one case on a cluster of its own. Rejects if the adapter breaks the contract. */
export async function play(
  { run, unstarted = false }: ContractCase,
  makeCluster: MakeCluster,
): Promise<void> {
  const cluster = await makeCluster(3);
  const nodes = cluster.backplanes.map((backplane) => new RecordedNode(backplane));
  try {
    if (!unstarted) await Promise.all(nodes.map((node) => node.start()));
    await run(stageOf(cluster, nodes));
  } finally {
    await Promise.all(nodes.map(({ backplane }) => backplane.stop()));
    await cluster.dispose?.();
  }
}

function stageOf(cluster: BackplaneCluster, [a, b, c]: readonly RecordedNode[]): Stage {
  if (a === undefined || b === undefined || c === undefined)
    throw new TypeError('The cluster has fewer nodes than were asked for');
  return {
    a,
    b,
    c,
    cluster,
    get logs(): Stage['logs'] {
      return [logOf(a), logOf(b), logOf(c)];
    },
  };
}

function logOf({ backplane: { log } }: RecordedNode): EventLog {
  if (log === undefined)
    throw new TypeError(
      'The adapter has no log: describeBackplane(…, { log: false }) leaves it out',
    );
  return log;
}
