import { Inject, Injectable } from '@nestjs/common';
import type { BusListChanged } from '../interfaces/backplane/envelope.interface.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import { MCP_FEATURES, MCP_SERVER } from '../interfaces/mcp.tokens.js';
import { ListChanges } from '../registry/list-changes.js';
import { BackplaneConnection } from './backplane-connection.js';
import { runGuarded } from '../runtime/guarded.js';

/**
 * Sends list changes to the other nodes, so that the clients of every node are notified once, whichever node made the
 * change.
 */
@Injectable()
export class ChangeRelay {
  private isRelaying = false;

  constructor(
    @Inject(MCP_SERVER) private readonly server: string,
    backplane: BackplaneConnection,
    private readonly changes: ListChanges,
    @Inject(MCP_FEATURES) private readonly features: readonly McpFeature[],
  ) {
    changes.subscribe((feature) => {
      if (!this.isRelaying)
        runGuarded(() =>
          backplane.attempt((plane) => plane.broadcast({ kind: 'list_changed', server, feature })),
        );
    });
  }

  /** Notifies the clients of this node that a list changed on another node. Does not broadcast the change again. */
  relay({ server, feature }: BusListChanged): void {
    if (server !== this.server || !this.features.some(({ kind }) => kind.list === feature)) return;
    this.isRelaying = true;
    this.changes.emit(feature);
    this.isRelaying = false;
  }
}
