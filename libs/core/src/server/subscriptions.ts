import { Inject, Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { RequestId } from '../interfaces/mcp-call.interface.js';
import { notificationMessage, objectText, RawJson, resultMessage } from '../protocol/json-rpc.js';
import { META_SERVER_INFO, META_SUBSCRIPTION_ID } from '../protocol/stateless/meta-keys.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { ServerCapabilities } from './server-capabilities.js';

/** The property by which a client asks for the changes of a list: `toolsListChanged`. */
const filterOf = (list: string): string => `${list}ListChanged`;

/** A `subscriptions/listen` request that is being answered. */
export interface Subscription {
  /** The first message of the stream. */
  readonly acknowledgement: string;
  /** The notification that a list has changed. Undefined if the client did not ask for it. */
  changed(list: string): string | undefined;
  /** The response, which ends the stream. */
  readonly completion: string;
}

/** Handles `subscriptions/listen`: notifications for clients without a session (2026-07-28 subscriptions). */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly capabilities: ServerCapabilities,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {}

  /** Acknowledges only lists whose changes this server announces. */
  begin(id: RequestId, params: JsonObject): Subscription {
    const named = { [META_SUBSCRIPTION_ID]: id };
    const meta = new RawJson(objectText(named));
    const honoured = this.honoured(params);
    const endMeta = objectText({ ...named, [META_SERVER_INFO]: this.settings.server });
    return {
      acknowledgement: notificationMessage('notifications/subscriptions/acknowledged', {
        _meta: meta,
        notifications: Object.fromEntries(honoured.map((list) => [filterOf(list), true])),
      }),
      changed: (changed) =>
        honoured.includes(changed)
          ? notificationMessage(`notifications/${changed}/list_changed`, { _meta: meta })
          : undefined,
      completion: resultMessage(
        id,
        new RawJson(objectText({ resultType: 'complete', _meta: new RawJson(endMeta) })),
      ),
    };
  }

  /** Separate from {@link begin}, because the closures of a stream would otherwise keep the whole request. */
  private honoured({ notifications }: JsonObject): readonly string[] {
    const wanted = isJsonObject(notifications) ? notifications : {};
    return this.capabilities.announcedLists().filter((list) => wanted[filterOf(list)] === true);
  }
}
