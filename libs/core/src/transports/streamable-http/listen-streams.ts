import { Inject, Injectable } from '@nestjs/common';
import type { HttpExchange } from '../../interfaces/http-exchange.interface.js';
import { isJsonObject } from '../../interfaces/json.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import type { JsonRpcRequest } from '../../protocol/json-rpc.js';
import { Subscriptions } from '../../server/subscriptions.js';
import { Principals } from '../shared/principals.js';
import { dropBody } from '../http/bodies/request-body.js';
import { RawResponseFactory } from '../http/responses/raw-response.factory.js';
import { StreamQuota } from '../http/quotas/stream-quota.js';
import { streamOwner } from '../shared/stream-owner.js';
import { ListChanges } from '../../registry/list-changes.js';
import { deadlines } from '../../runtime/deadlines.js';

/** The responses of `subscriptions/listen`: streams that stay open until the client or the server ends them. */
@Injectable()
export class ListenStreams {
  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly subscriptions: Subscriptions,
    private readonly changes: ListChanges,
    private readonly streamQuota: StreamQuota,
    private readonly responses: RawResponseFactory,
    private readonly principals: Principals,
  ) {}

  /** @throws Refusal 429 when the owner has too many streams, 503 when the process has too many */
  openListenStream(
    { id, params }: JsonRpcRequest,
    { request, response: answer }: HttpExchange,
  ): void {
    const owner = streamOwner(request, this.principals);
    this.streamQuota.check(owner, id);
    // The stream may stay open for days. The body may have megabytes.
    dropBody(request);
    const subscription = this.subscriptions.begin(id, isJsonObject(params) ? params : {});
    const response = this.responses.create(answer, owner, (raw) =>
      raw.finish(subscription.completion),
    );
    response.stream();
    response.event(subscription.acknowledgement);
    const keepAlive = deadlines
      .every(this.settings.streamableHttp.keepAliveMs, () => response.keepAlive())
      .unref();
    const leaves = [
      this.streamQuota.enter(owner),
      this.changes.subscribe((feature) => {
        const message = subscription.changed(feature);
        if (message !== undefined) response.event(message);
      }),
    ];
    response.onClose(() => {
      keepAlive.stop();
      for (const leave of leaves) leave();
    });
  }
}
