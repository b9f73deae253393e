import { logFailure } from '../../execution/results/failure-reference.js';
import { isJsonObject } from '../../interfaces/json.js';
import type { RequestId } from '../../interfaces/mcp-call.interface.js';
import type { McpLimitSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { INTERNAL_ERROR } from '../../messages/call.messages.js';
import { printable } from '../../messages/log.messages.js';
import { BODY_TOO_LARGE, DUPLICATE_ID } from '../../messages/refusal.messages.js';
import {
  errorMessage,
  isRequestId,
  type JsonRpcMessage,
  type JsonRpcPost,
} from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { isStatelessRequest } from '../../protocol/stateless/is-stateless-request.js';
import type { CallOutlet } from '../../session/call-outlet.interface.js';
import { cancellationReason } from '../../session/cancellation-reason.js';
import type { Session } from '../../session/session.js';
import { parseMessage } from '../shared/body.js';
import { Refusal } from '../shared/refusal.js';
import type { SessionGate } from '../shared/session-gate.js';
import { type Line, LineReader, TOO_LONG } from './line-reader.js';
import type { LineWriter } from './line-writer.js';
import type { StatelessRequests } from './stateless-requests.js';
import type { StdioPipes } from './stdio-pipes.js';
import { guarded } from '../../runtime/guarded.js';

/** Methods that exist only in stateless revisions, so that even a request without `_meta` belongs to one. */
const STATELESS_METHODS: ReadonlySet<string> = new Set(['server/discover', 'subscriptions/listen']);

/** The parts of a connection. */
export interface ConnectionParts {
  readonly limits: McpLimitSettings;
  readonly pipes: StdioPipes;
  readonly writer: LineWriter;
  readonly outlet: CallOutlet;
  readonly gate: SessionGate;
  /** The session of the session revisions. The process has one, which begins with `initialize`. */
  readonly session: Session;
  readonly stateless: StatelessRequests;
}

/**
 * The connection to the client that started this process. Each message shows whether it belongs to a session
 * revision or to a stateless revision.
 */
export class StdioConnection {
  private readonly lines: LineReader;

  constructor(private readonly parts: ConnectionParts) {
    this.lines = new LineReader(parts.limits.bodyBytes);
  }

  /** Reads messages. Resolves when the input ends, the client is gone, or the signal aborts. */
  async read(stopping: AbortSignal): Promise<void> {
    const { pipes, writer } = this.parts;
    const stop = guarded(() => pipes.input.destroy());
    for (const signal of [stopping, writer.gone]) {
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    }
    try {
      for await (const chunk of pipes.input as AsyncIterable<Buffer | string>) {
        for (const line of this.lines.push(Buffer.from(chunk))) this.take(line);
        await writer.ready();
      }
      for (const line of this.lines.end()) this.take(line);
    } catch {
      // The input was stopped or has failed. In both cases no more messages come, and those that were read
      // are still answered.
    }
    this.parts.session.outgoing.close(new Error('The client has closed its output'));
  }

  /** Aborts all running calls, because the client has left. */
  abort(reason: Error): void {
    const { session, stateless } = this.parts;
    session.close(reason);
    stateless.abort(reason);
  }

  private take(line: Line): void {
    try {
      if (line === TOO_LONG) throw new Refusal(413, BODY_TOO_LARGE);
      this.receive(parseMessage(line, this.parts.limits));
    } catch (thrown) {
      this.parts.writer.write(thrown instanceof Refusal ? thrown.body : failed(thrown));
    }
  }

  private receive(post: JsonRpcPost): void {
    const { gate, session, stateless, outlet } = this.parts;
    gate.checkOpen(post);
    this.checkIds(post.kind === 'batch' ? post.messages : [post]);
    if (post.kind !== 'batch') {
      if (this.cancels(post)) return;
      if (isStateless(post)) {
        if (post.kind === 'request') stateless.handle(post);
        if (post.kind === 'notification') stateless.notified(post);
        return;
      }
    }
    gate.dispatchMessages(gate.admit(post, session, undefined), session, outlet, undefined);
  }

  /** The refusal has no id: with the id, the client would read it as the answer to the call that is running. */
  private checkIds(messages: readonly JsonRpcMessage[]): void {
    const isInUse = messages.some((message) => message.kind === 'request' && this.has(message.id));
    if (isInUse) throw new Refusal(400, DUPLICATE_ID);
  }

  private has(id: RequestId): boolean {
    return this.parts.session.hasCall(id) || this.parts.stateless.has(id);
  }

  /**
   * Cancels the request of a stateless revision that the message names. The session handles all other
   * cancellations.
   * @returns whether the message was such a cancellation
   */
  private cancels(message: JsonRpcMessage): boolean {
    if (message.kind !== 'notification' || message.method !== 'notifications/cancelled')
      return false;
    const { requestId, reason } = isJsonObject(message.params) ? message.params : {};
    if (!isRequestId(requestId) || !this.parts.stateless.has(requestId)) return false;
    const why = typeof reason === 'string' ? `: ${printable(reason)}` : '';
    const words = `The client cancelled the call${why}`;
    this.parts.stateless.cancel(requestId, cancellationReason(words));
    return true;
  }
}

function isStateless(message: JsonRpcMessage): boolean {
  return (
    isStatelessRequest(message) ||
    (message.kind === 'request' && STATELESS_METHODS.has(message.method))
  );
}

function failed(thrown: unknown): string {
  const reference = logFailure('stdio', thrown);
  return errorMessage(undefined, JsonRpcErrorCode.InternalError, INTERNAL_ERROR(reference));
}
