import { Inject, Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import { MCP_FEATURES } from '../interfaces/mcp.tokens.js';

/** What can be sent to a client besides answers. */
export interface Deliverable {
  /** Whether log messages of its calls can be sent. */
  readonly logs: boolean;
  /** Whether notifications outside of a call can be sent. */
  readonly changes: boolean;
}

export const ALL_DELIVERABLE: Deliverable = { logs: true, changes: true };
export const NONE_DELIVERABLE: Deliverable = { logs: false, changes: false };

/** Properties of a capability that announce notifications outside of a call. */
const OF_CHANGES = ['listChanged', 'subscribe'];

/** The capabilities of this server, for `initialize` and `server/discover`. */
@Injectable()
export class ServerCapabilities {
  constructor(@Inject(MCP_FEATURES) private readonly features: readonly McpFeature[]) {}

  /** Changes with the entries of the features: the first tool adds `tools`. Declares nothing that cannot be sent. */
  declared({ logs, changes }: Deliverable = ALL_DELIVERABLE): JsonObject {
    const of = this.features.map((feature) => feature.capabilities());
    const all = Object.assign(logs ? { logging: {} } : {}, ...of) as JsonObject;
    return changes ? all : withoutChanges(all);
  }

  /** Lists (`tools`, …) whose changes the server announces. */
  announcedLists(): readonly string[] {
    return Object.entries(this.declared())
      .filter(([, capability]) => isJsonObject(capability) && capability.listChanged === true)
      .map(([name]) => name);
  }
}

function withoutChanges(capabilities: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(capabilities).map(([name, capability]) => [
      name,
      isJsonObject(capability)
        ? Object.fromEntries(
            Object.entries(capability).filter(([member]) => !OF_CHANGES.includes(member)),
          )
        : capability,
    ]),
  );
}
