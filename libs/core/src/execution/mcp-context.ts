import { setImmediate } from 'node:timers/promises';
import type { HttpRequest } from '../interfaces/http-exchange.interface.js';
import type { McpCall, McpPeer } from '../interfaces/mcp-call.interface.js';
import { isJsonObject } from '../interfaces/json.js';

/**
 * What a tool may know and use of the call it answers. Ask for it with `ctx: McpContext`, or with
 * `@Ctx()` where the type is not known at run time.
 */
export class McpContext {
  private lastProgress = Number.NEGATIVE_INFINITY;

  constructor(private readonly call: McpCall) {}

  /** Aborted when the client cancels the call or leaves, and when the server shuts down. */
  get signal(): AbortSignal {
    return this.call.signal;
  }

  /** The HTTP request that carries the call, as the framework (Express, Fastify) gives it; undefined without HTTP. */
  get request(): HttpRequest | undefined {
    return this.call.http?.request;
  }

  /** The HTTP response to that request; it may have been sent by the time the tool runs. */
  get response(): object | undefined {
    return this.call.http?.response;
  }

  /** Who is calling: protocol revision, name and version, capabilities, as the client told them. */
  get peer(): McpPeer {
    return this.call.peer;
  }

  /**
   * Tells the client how far the call is. Does nothing when the client did not ask for progress, or when
   * `progress` is not above what was told before (2025-11-25 progress: values MUST increase).
   * Resolves in a later turn of the event loop, so that a loop which awaits it leaves others their turn.
   */
  async progress(progress: number, total?: number, message?: string): Promise<void> {
    const progressToken = progressTokenOf(this.call);
    if (progressToken === undefined || !(progress > this.lastProgress)) return;
    this.lastProgress = progress;
    this.call.notify('notifications/progress', {
      progressToken,
      progress,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message }),
    });
    await setImmediate();
  }
}

function progressTokenOf(call: McpCall): string | number | undefined {
  const { _meta: meta } = call.params;
  const token = isJsonObject(meta) ? meta.progressToken : undefined;
  return typeof token === 'string' || Number.isInteger(token)
    ? (token as string | number)
    : undefined;
}
