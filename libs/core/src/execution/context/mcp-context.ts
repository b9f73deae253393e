import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import type { HttpRequest } from '../../interfaces/http-exchange.interface.js';
import type { McpCall, McpPeer } from '../../interfaces/mcp-call.interface.js';
import { type Duration, toMilliseconds } from '../../interfaces/duration.js';
import type { McpPrimitive } from '../../interfaces/mcp-primitive.interface.js';
import type { CallTerms } from '../notifications/call-terms.js';
import { type LoggedCall, McpLog } from '../notifications/mcp-log.js';
import { ThrottledProgress, progressTokenOf } from '../notifications/throttled-progress.js';

/** `'call'` while a tool is called; `'list'` while guards decide whether the caller may see the tool. */
export type McpPhase = 'list' | 'call';

const NO_PARAMS: Readonly<Record<string, string>> = {};
const nothing = (): void => undefined;
/** The log of the phase `'list'`: sent messages could reveal a hidden tool. */
const SILENT: LoggedCall = {
  logLevel: undefined,
  isActive: false,
  notify: nothing,
  beforeAnswer: nothing,
};
const running = new AsyncLocalStorage<McpContext>();

/**
 * The call, as a tool sees it. Get it as the parameter `ctx: McpContext`, or with `@Ctx()` if the type is not known
 * at run time. In code that the tool calls, use `McpContext.current()`.
 */
export class McpContext {
  private throttled: ThrottledProgress | undefined;
  private logs: McpLog | undefined;

  constructor(
    private readonly call: McpCall,
    /** The primitive that is called: its kind (`tool`), its name, and the method or function behind it. */
    readonly primitive: McpPrimitive,
    private readonly terms: CallTerms,
    private readonly onProgress: () => void,
    /** `'list'` while guards decide whether the caller may see the tool, which then does not run. */
    readonly phase: McpPhase = 'call',
  ) {}

  /** The context of the call that the current code runs for, at any depth below the tool; undefined outside of a call. */
  static current(): McpContext | undefined {
    return running.getStore();
  }

  /** Runs code with this context as the current one, also for the asynchronous work that it starts. */
  run<Result>(code: () => Result): Result {
    return running.run(this, code);
  }

  /** The same as {@link primitive}, of any kind: check `kind` where a server has other primitives than tools. */
  get tool(): McpPrimitive {
    return this.primitive;
  }

  /**
   * Aborts with the reason when the client cancels the call or disconnects, when the call exceeds its time limit,
   * and when the server shuts down.
   */
  get signal(): AbortSignal {
    return this.call.signal;
  }

  /** The HTTP request that carries the call, an object of the framework (Express, Fastify); undefined without HTTP. */
  get request(): HttpRequest | undefined {
    return this.call.http?.request;
  }

  /** The HTTP response to that request. It may be sent already when the tool runs. */
  get response(): object | undefined {
    return this.call.http?.response;
  }

  /** The values of the path parameters (`path: 'tenants/:id/mcp'`), decoded; empty without HTTP. */
  get params(): Readonly<Record<string, string>> {
    return this.request?.params ?? NO_PARAMS;
  }

  /** The `user` that the application's guards put on the request. */
  get user(): unknown {
    return (this.request as { user?: unknown } | undefined)?.user;
  }

  /** The client: its protocol revision, name, version and capabilities, as it announced them. */
  get peer(): McpPeer {
    return this.call.peer;
  }

  /** The id of the session that the call belongs to; undefined without a session. It is a secret of the client: do not log it. */
  get sessionId(): string | undefined {
    return this.call.sessionId;
  }

  /** Sends log messages to the client of this call; see {@link McpLog}. Sends nothing in the phase `'list'`. */
  get log(): McpLog {
    const call = this.phase === 'list' ? SILENT : this.call;
    this.logs ??= new McpLog(call, this.primitive.name, this.terms);
    return this.logs;
  }

  /**
   * Reports progress to the client, and extends the time limit of the call. Sends nothing if the client did not ask
   * for progress, or if `progress` is not above the previous value (2025-11-25 progress: values MUST increase).
   * At most `limits.progressPerSecond` values a second are sent: a newer one replaces one that still waits, and the
   * last one is always sent. Always resolves in a later turn of the event loop, so that a loop that awaits it does
   * not block other calls.
   */
  async progress(progress: number, total?: number, message?: string): Promise<void> {
    this.onProgress();
    const token = this.phase === 'list' ? undefined : progressTokenOf(this.call);
    if (token !== undefined) {
      this.throttled ??= new ThrottledProgress(this.call, token, this.terms.progressPerSecond);
      this.throttled.report(progress, total, message);
    }
    await setImmediate();
  }

  /**
   * Ends the connection on which the client waits, while the call goes on. The client reconnects after `retry` and
   * gets the events that it missed, the result included. Until then, no connection stays open (2025-11-25
   * transports, Sending Messages to the Server). Use it in calls that take minutes.
   *
   * Resolves to true if the connection was ended. Does nothing and resolves to false if the client could not
   * resume: on HTTP+SSE and stdio, in sessions older than 2025-11-25, with 2026-07-28, with a backplane that keeps
   * no events, and if the client has disconnected already.
   *
   * `retry` is the delay that is sent to the client. Default: `transports.streamableHttp.retry`.
   * @throws RangeError when `retry` is not a duration
   */
  async closeStream({ retry }: { retry?: Duration } = {}): Promise<boolean> {
    const retryMs = retry === undefined ? undefined : toMilliseconds(retry);
    return this.phase === 'call' && this.call.releaseStream(retryMs);
  }
}
