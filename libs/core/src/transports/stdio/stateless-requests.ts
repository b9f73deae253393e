import { isJsonObject } from '../../interfaces/json.js';
import type { RequestId } from '../../interfaces/mcp-call.interface.js';
import type { McpLimitSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { TOO_MANY_CALLS_AT_ONCE, TOO_MANY_STREAMS } from '../../messages/refusal.messages.js';
import type { JsonRpcNotification, JsonRpcRequest } from '../../protocol/json-rpc.js';
import { type RequestMeta, readRequestMeta } from '../../protocol/stateless/request-meta.js';
import type { ListChanges } from '../../registry/list-changes.js';
import type { StatelessDispatcher } from '../../server/stateless-dispatcher.js';
import type { Subscriptions } from '../../server/subscriptions.js';
import type { CallOutlet } from '../../session/call-outlet.interface.js';
import type { CallFactory } from '../../session/call.factory.js';
import type { OpenStreams } from '../../session/open-streams.js';
import type { RunningCall } from '../../session/running-call.js';
import { statelessRefusal, tooMany } from '../shared/refusal.js';
import { runGuarded } from '../../runtime/guarded.js';

/** The parts of the server that a connection uses. */
export interface StatelessParts {
  readonly limits: McpLimitSettings;
  readonly factory: CallFactory;
  readonly dispatcher: StatelessDispatcher;
  readonly subscriptions: Subscriptions;
  readonly changes: ListChanges;
  readonly streams: OpenStreams;
}

/** Ends a request without an answer. */
type GiveUp = (reason: Error) => void;

/** The running requests of the stateless revision on one pair of pipes (2026-07-28 stdio). */
export class StatelessRequests {
  private readonly calls = new Map<RequestId, GiveUp>();
  private readonly listens = new Map<RequestId, GiveUp>();
  /**
   * Calls whose tool is still running. Cancelled calls count too: otherwise a client could cancel to avoid
   * the limit.
   */
  private running = 0;

  constructor(
    private readonly parts: StatelessParts,
    private readonly outlet: CallOutlet,
  ) {}

  /** Whether a request with this id is still running. */
  has(id: RequestId): boolean {
    return this.calls.has(id) || this.listens.has(id);
  }

  /**
   * Handles a request.
   * @throws Refusal when the request is refused; it has not been processed then
   */
  handle(request: JsonRpcRequest): void {
    const envelope = readRequestMeta(request, undefined);
    if (envelope.kind === 'refusal') throw statelessRefusal(envelope, request.id);
    if (request.method === 'subscriptions/listen') this.listen(request);
    else this.call(request, envelope);
  }

  /** Handles a notification other than a cancellation. */
  notified(notification: JsonRpcNotification): void {
    this.parts.dispatcher.notified(notification);
  }

  /** Cancels a request. The client gets no more messages about it (2026-07-28 stdio, Cancellation). */
  cancel(id: RequestId, reason: Error): void {
    this.calls.get(id)?.(reason);
    this.listens.get(id)?.(reason);
  }

  /** Cancels all requests. */
  abort(reason: Error): void {
    for (const giveUp of [...this.calls.values(), ...this.listens.values()]) giveUp(reason);
  }

  private call(request: JsonRpcRequest, { peer, logLevel }: RequestMeta): void {
    const { limits, factory, dispatcher } = this.parts;
    if (this.running >= limits.callsPerPrincipal)
      throw tooMany(429, TOO_MANY_CALLS_AT_ONCE, request.id);
    const finished = (over: RunningCall): void => void this.calls.delete(over.id);
    const owner = { sessionId: undefined, peer, logLevel, finished };
    const call = factory.create(request, owner, this.outlet, undefined);
    this.calls.set(call.id, (reason) => call.abort(reason));
    this.running++;
    runGuarded(() => dispatcher.run(call).finally(() => this.running--));
  }

  private listen({ id, params }: JsonRpcRequest): void {
    const { limits, subscriptions, changes, streams } = this.parts;
    if (this.listens.size >= limits.streamsPerPrincipal) throw tooMany(429, TOO_MANY_STREAMS, id);
    const subscription = subscriptions.begin(id, isJsonObject(params) ? params : {});
    this.outlet.notify(subscription.acknowledgement);
    const end = async (): Promise<void> => {
      leave();
      this.outlet.answer(subscription.completion);
    };
    const leaves = [
      streams.add({ end }),
      changes.subscribe((feature) => {
        const message = subscription.changed(feature);
        if (message !== undefined) this.outlet.notify(message);
      }),
    ];
    const leave = (): void => {
      this.listens.delete(id);
      for (const leaveOne of leaves) leaveOne();
    };
    this.listens.set(id, leave);
  }
}
