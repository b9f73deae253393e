import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { JsonRpcNotification } from '../protocol/json-rpc.js';
import { guarded } from '../runtime/guarded.js';

/** Acts on a notification. `owner` is what the notification belongs to: its session, if there is one. */
export type NotificationHandler<Owner> = (params: JsonObject, owner: Owner) => unknown;

/**
 * The handlers of clients' notifications. A notification may have several handlers; each runs in its own turn of the
 * event loop.
 */
export class NotificationHandlers<Owner> {
  private readonly handlers = new Map<string, NotificationHandler<Owner>[]>();

  constructor(
    sources: readonly (Readonly<Record<string, NotificationHandler<Owner>>> | undefined)[],
  ) {
    for (const [method, handler] of sources.flatMap((source) => Object.entries(source ?? {})))
      this.handlers.set(method, [...(this.handlers.get(method) ?? []), handler]);
  }

  /** Runs the handlers of a notification. A notification is never answered, not even a malformed one. */
  dispatchRequest({ method, params = {} }: JsonRpcNotification, owner: Owner): void {
    const handlers = this.handlers.get(method);
    if (handlers === undefined || !isJsonObject(params)) return;
    for (const handler of handlers) setImmediate(guarded(() => handler(params, owner)));
  }
}
