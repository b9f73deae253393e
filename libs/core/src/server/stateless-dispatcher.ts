import { Inject, Injectable } from '@nestjs/common';
import type { McpCacheHint } from '../interfaces/mcp-cache-options.interface.js';
import type { JsonObject } from '../interfaces/json.js';
import type { McpCall } from '../interfaces/mcp-call.interface.js';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { MCP_FEATURES, MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { type JsonRpcNotification, RawJson } from '../protocol/json-rpc.js';
import { CACHEABLE_METHODS } from '../protocol/stateless/cache-hint.js';
import { statelessResult } from '../protocol/stateless/stateless-result.js';
import { SUPPORTED_REVISIONS } from '../protocol/revisions.js';
import type { RunningCall } from '../session/running-call.js';
import { NotificationHandlers } from './notification-handlers.js';
import { type Handler, handlerOf, type Handlers, runCall } from './run-call.js';
import { NONE_DELIVERABLE, ServerCapabilities, ALL_DELIVERABLE } from './server-capabilities.js';

/**
 * Dispatches the messages of the stateless revision (2026-07-28), with the same features. No state is kept between
 * two calls.
 */
@Injectable()
export class StatelessDispatcher {
  private readonly requests: Handlers<undefined>;
  private readonly notifications: NotificationHandlers<undefined>;
  private readonly serverInfo: string;
  private readonly lists = new WeakMap<RawJson, RawJson>();

  constructor(
    private readonly capabilities: ServerCapabilities,
    @Inject(MCP_FEATURES) private readonly features: readonly McpFeature[],
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {
    this.serverInfo = JSON.stringify(settings.server);
    this.requests = new Map<string, Handler<undefined>>([
      ['server/discover', (call: McpCall) => this.discover(call)],
      ...features.flatMap((feature) => Object.entries<Handler<undefined>>(feature.requests)),
    ]);
    this.notifications = new NotificationHandlers<undefined>(
      features.map(({ notifications }) => notifications),
    );
  }

  /** Acts on a notification. */
  notified(notification: JsonRpcNotification): void {
    this.notifications.dispatchRequest(notification, undefined);
  }

  /** Answers a call. Resolves when its handler has returned. */
  async run(call: RunningCall): Promise<void> {
    await runCall(call, async () => {
      const handle = handlerOf(this.requests, call);
      // Read before the handler runs: an edit of the list in the meantime must not make a private result public.
      const cache = this.cacheOf(call.method);
      return this.marked(await handle(call, undefined), call.method, cache);
    });
  }

  /**
   * Adds what the revision requires in every result. A list that many callers share is one text, and is marked once.
   */
  private marked(result: unknown, method: string, cache: McpCacheHint | undefined): RawJson {
    if (!(result instanceof RawJson)) return this.withMarks(JSON.stringify(result), cache);
    const known = this.lists.get(result);
    if (known) return known;
    const marked = this.withMarks(result.text, cache);
    if (method.endsWith('/list')) this.lists.set(result, marked);
    return marked;
  }

  private withMarks(json: string, cache: McpCacheHint | undefined): RawJson {
    return new RawJson(
      statelessResult(json, { serverInfoJson: this.serverInfo, ...(cache && { cache }) }),
    );
  }

  /** How long, and for whom, clients may cache a result. Undefined for methods whose results may not be cached. */
  private cacheOf(method: string): McpCacheHint | undefined {
    if (!CACHEABLE_METHODS.has(method)) return undefined;
    if (method === 'server/discover') return this.settings.cache;
    return this.features
      .map((feature) => feature.cacheHint?.(method))
      .find((hint) => hint !== undefined);
  }

  /** With `streamableHttp.json`, there is no stream for changes, and an answer cannot carry log messages. */
  private discover({ http }: McpCall): JsonObject {
    const { instructions, streamableHttp } = this.settings;
    const reach = streamableHttp.isJson && http !== undefined ? NONE_DELIVERABLE : ALL_DELIVERABLE;
    return {
      supportedVersions: SUPPORTED_REVISIONS,
      capabilities: this.capabilities.declared(reach),
      ...(instructions !== undefined && { instructions }),
    };
  }
}
