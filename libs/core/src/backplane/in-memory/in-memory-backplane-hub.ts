import type { NodeId } from '../../interfaces/backplane/backplane.interface.js';
import type { BusEvent, Envelope } from '../../interfaces/backplane/envelope.interface.js';
import { InMemoryEventLog, type InMemoryEventLogOptions } from './in-memory-event-log.js';
import { InMemorySessionDirectory } from './in-memory-session-directory.js';

/** A node as its hub sees it. Both methods take text, because nodes may share only what JSON can represent. */
export interface HubNode {
  takeEnvelope(text: string): void;
  takeBus(text: string, origin: NodeId): void;
}

/** What nodes of one process share instead of an engine: the list of live nodes, the sessions, the events. */
export class InMemoryBackplaneHub {
  private readonly nodes = new Map<NodeId, HubNode>();
  readonly sessions = new InMemorySessionDirectory((node) => this.isAlive(node));
  readonly log: InMemoryEventLog;

  constructor(options: { log?: InMemoryEventLogOptions } = {}) {
    this.log = new InMemoryEventLog(options.log);
  }

  isAlive(node: NodeId): boolean {
    return this.nodes.has(node);
  }

  join(id: NodeId, node: HubNode): void {
    this.nodes.set(id, node);
    this.sessions.wake();
    this.log.wake();
  }

  /**
   * Sends nothing to the node any more. When the last node leaves, the timers are cleared. Sessions and events stay
   * for a node that joins later.
   */
  leave(id: NodeId): void {
    this.nodes.delete(id);
    if (this.nodes.size > 0) return;
    this.sessions.rest();
    this.log.rest();
  }

  send(to: NodeId, envelope: Envelope): 'accepted' | 'gone' {
    const node = this.nodes.get(to);
    node?.takeEnvelope(JSON.stringify(envelope));
    return node === undefined ? 'gone' : 'accepted';
  }

  broadcast(event: BusEvent, origin: NodeId): void {
    const text = JSON.stringify(event);
    for (const [id, node] of this.nodes) if (id !== origin) node.takeBus(text, origin);
  }
}
