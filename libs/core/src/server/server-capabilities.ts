import { Inject, Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import { MCP_FEATURES } from '../interfaces/mcp.tokens.js';

/** What this server can do, as `initialize` and `server/discover` tell it. */
@Injectable()
export class ServerCapabilities {
  constructor(@Inject(MCP_FEATURES) private readonly features: readonly McpFeature[]) {}

  /** Changes with the features: the first tool brings `tools`. Log messages can always be sent. */
  declared(): JsonObject {
    return Object.assign(
      { logging: {} },
      ...this.features.map((feature) => feature.capabilities()),
    ) as JsonObject;
  }

  /** Lists (`tools`, …) whose changes clients are told of. */
  promises(): readonly string[] {
    return Object.entries(this.declared())
      .filter(([, capability]) => isJsonObject(capability) && capability.listChanged === true)
      .map(([name]) => name);
  }
}
