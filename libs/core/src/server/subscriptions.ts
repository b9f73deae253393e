import { Inject, Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { RequestId } from '../interfaces/mcp-call.interface.js';
import { notificationMessage, objectText, RawJson, resultMessage } from '../protocol/json-rpc.js';
import { META_SERVER_INFO, META_SUBSCRIPTION_ID } from '../protocol/stateless/meta-keys.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { ServerCapabilities } from './server-capabilities.js';

/** What a client can ask to be told of, and the capability that has to be there for it. */
const KINDS = [
  { filter: 'toolsListChanged', feature: 'tools' },
  { filter: 'promptsListChanged', feature: 'prompts' },
  { filter: 'resourcesListChanged', feature: 'resources' },
] as const;

/** One `subscriptions/listen` request that is being answered. */
export interface Subscription {
  /** First message of the stream. */
  readonly acknowledgement: string;
  /** Tells of a change, if it was asked for. */
  changed(feature: string): string | undefined;
  /** The answer that ends the stream in good order. */
  readonly completion: string;
}

/** `subscriptions/listen`: what a client without a session is told of (2026-07-28 subscriptions). */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly capabilities: ServerCapabilities,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {}

  /** Kinds that this server cannot tell of are left out of what is acknowledged. */
  begin(id: RequestId, params: JsonObject): Subscription {
    const named = { [META_SUBSCRIPTION_ID]: id };
    const meta = new RawJson(objectText(named));
    const honoured = this.honoured(params);
    const endMeta = objectText({ ...named, [META_SERVER_INFO]: this.settings.server });
    return {
      acknowledgement: notificationMessage('notifications/subscriptions/acknowledged', {
        _meta: meta,
        notifications: Object.fromEntries(honoured.map(({ filter }) => [filter, true])),
      }),
      changed: (changed) =>
        honoured.some(({ feature }) => feature === changed)
          ? notificationMessage(`notifications/${changed}/list_changed`, { _meta: meta })
          : undefined,
      completion: resultMessage(
        id,
        new RawJson(objectText({ resultType: 'complete', _meta: new RawJson(endMeta) })),
      ),
    };
  }

  /** Apart from what uses them, or a stream would keep all that its client sent. */
  private honoured({ notifications }: JsonObject): readonly (typeof KINDS)[number][] {
    const wanted = isJsonObject(notifications) ? notifications : {};
    const announcedLists = this.capabilities.announcedLists();
    return KINDS.filter(
      ({ filter, feature }) => wanted[filter] === true && announcedLists.includes(feature),
    );
  }
}
