import { Inject, Injectable } from '@nestjs/common';
import type { BusListChanged } from '../interfaces/backplane/envelope.interface.js';
import { MCP_SERVER } from '../interfaces/mcp.tokens.js';
import { ListChanges } from '../registry/list-changes.js';
import { BackplaneConnection } from './backplane-connection.js';
import { runGuarded } from '../runtime/guarded.js';

/** Carries changes of lists between nodes: whichever node makes one, the clients of all hear of it, once. */
@Injectable()
export class ChangeRelay {
  private isHearing = false;

  constructor(
    @Inject(MCP_SERVER) private readonly server: string,
    backplane: BackplaneConnection,
    private readonly changes: ListChanges,
  ) {
    changes.subscribe((feature) => {
      if (!this.isHearing)
        runGuarded(() =>
          backplane.attempt((plane) => plane.broadcast({ kind: 'list_changed', server, feature })),
        );
    });
  }

  /** What another node told is told to the clients of this one, and not to all nodes once more. */
  hear({ server, feature }: BusListChanged): void {
    if (server !== this.server || feature !== 'tools') return;
    this.isHearing = true;
    this.changes.emit(feature);
    this.isHearing = false;
  }
}
