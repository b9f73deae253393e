import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import type { HttpRequest } from '../../interfaces/http-exchange.interface.js';
import type { McpCall, McpPeer } from '../../interfaces/mcp-call.interface.js';
import { type Duration, toMilliseconds } from '../../interfaces/duration.js';
import type { McpPrimitive } from '../../interfaces/mcp-primitive.interface.js';
import type { CallTerms } from '../notifications/call-terms.js';
import { type LoggedCall, McpLog } from '../notifications/mcp-log.js';
import { ThrottledProgress, progressTokenOf } from '../notifications/throttled-progress.js';

/** Whether a tool is called, or looked at by guards that decide who may see it. */
export type McpPhase = 'list' | 'call';

const NO_PARAMS: Readonly<Record<string, string>> = {};
const nothing = (): void => undefined;
/** A guard that decides who may see a tool must not tell of it by what it logs. */
const UNHEARD: LoggedCall = {
  logLevel: undefined,
  isActive: false,
  notify: nothing,
  beforeAnswer: nothing,
};
const running = new AsyncLocalStorage<McpContext>();

/**
 * What a tool may know and use of the call it answers. Ask for it with `ctx: McpContext`, or with
 * `@Ctx()` where the type is not known at run time; below the tool, with `McpContext.current()`.
 */
export class McpContext {
  private paced: ThrottledProgress | undefined;
  private logs: McpLog | undefined;

  constructor(
    private readonly call: McpCall,
    /** The tool that is called. */
    readonly tool: McpPrimitive,
    private readonly terms: CallTerms,
    private readonly onProgress: () => void,
    /** `'list'` where no tool runs, and guards only decide whether the caller may see it. */
    readonly phase: McpPhase = 'call',
  ) {}

  /** The context of the call that the current code runs for, however deep below the tool; undefined outside of calls. */
  static current(): McpContext | undefined {
    return running.getStore();
  }

  /** Runs code, and all that it starts, with this context as the current one. */
  run<Result>(code: () => Result): Result {
    return running.run(this, code);
  }

  /**
   * Aborted, with the reason, when the client cancels the call or leaves, when the call takes too long,
   * and when the server shuts down.
   */
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

  /** Values of the path's parameters (`path: 'tenants/:id/mcp'`), decoded; none without HTTP. */
  get params(): Readonly<Record<string, string>> {
    return this.request?.params ?? NO_PARAMS;
  }

  /** What the application's guards put on the request as its user. */
  get user(): unknown {
    return (this.request as { user?: unknown } | undefined)?.user;
  }

  /** Who is calling: protocol revision, name and version, capabilities, as the client told them. */
  get peer(): McpPeer {
    return this.call.peer;
  }

  /** Id of the session the call belongs to; a secret of its client, not to be logged. */
  get sessionId(): string | undefined {
    return this.call.sessionId;
  }

  /** Log messages to the client of this call; see {@link McpLog}. Nothing is sent in the phase `'list'`. */
  get log(): McpLog {
    const call = this.phase === 'list' ? UNHEARD : this.call;
    this.logs ??= new McpLog(call, this.tool.name, this.terms);
    return this.logs;
  }

  /**
   * Tells the client how far the call is, and extends the time it may take. The client is not told when it
   * did not ask for progress, or when `progress` is not above what was told before (2025-11-25 progress:
   * values MUST increase). Of more values in a second than `limits.progressPerSecond` it is told the latest
   * ones, and the last one in any case. Resolves in a later turn of the event loop in any case, so that a loop
   * which awaits it leaves others their turn.
   */
  async progress(progress: number, total?: number, message?: string): Promise<void> {
    this.onProgress();
    const token = this.phase === 'list' ? undefined : progressTokenOf(this.call);
    if (token !== undefined) {
      this.paced ??= new ThrottledProgress(this.call, token, this.terms.progressPerSecond);
      this.paced.report(progress, total, message);
    }
    await setImmediate();
  }

  /**
   * Ends the connection that the client waits at, while the call goes on: the client comes back after `retry`
   * for what it missed, the result included, and nothing between holds a connection (2025-11-25 transports,
   * Sending Messages to the Server). For calls that take minutes.
   *
   * Resolves to true when the connection was ended. Does nothing and resolves to false where there is no
   * coming back: on HTTP+SSE, for sessions older than 2025-11-25, for 2026-07-28, with a backplane that keeps
   * no events, and when the client has left already.
   *
   * `retry` is the time that the client is told to wait. Default: `transports.streamableHttp.retry`.
   * @throws RangeError when `retry` is no duration
   */
  async closeStream({ retry }: { retry?: Duration } = {}): Promise<boolean> {
    const retryMs = retry === undefined ? undefined : toMilliseconds(retry);
    return this.phase === 'call' && this.call.releaseStream(retryMs);
  }
}
