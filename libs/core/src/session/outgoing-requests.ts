import { randomBytes } from 'node:crypto';
import type { NodeId } from '../interfaces/backplane/backplane.interface.js';
import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { ClientRequestOptions, McpCall } from '../interfaces/mcp-call.interface.js';
import {
  MALFORMED_RESPONSE,
  REQUEST_ABORTED,
  REQUEST_AFTER_CALL,
  REQUEST_AFTER_SESSION,
  REQUEST_TIMED_OUT,
  TOO_MANY_REQUESTS,
} from '../messages/client-request.messages.js';
import { ClientErrorResponse, ClientRequestError } from '../protocol/client-request.error.js';
import { type JsonRpcResponse, notificationMessage, requestMessage } from '../protocol/json-rpc.js';
import { type Deadline, deadlines } from '../runtime/deadlines.js';
import { guarded, runGuarded } from '../runtime/guarded.js';

const ID_BYTES = 16;
const TIMEOUT_MS = 60_000;
/** Requests of one session that wait for a response at the same time. */
const MOST_REQUESTS = 64;

/** The node that asked, and 128 random bits, base64url. No node has a dot in its name. */
const REQUEST_ID = /^([A-Za-z0-9-]{1,40})\.[\w-]{22}$/;

type Send = (message: string) => void;

/** The node that sent the request which a response answers; undefined where no node can have sent one of that id. */
export function nodeOf({ id }: JsonRpcResponse): NodeId | undefined {
  return typeof id === 'string' ? REQUEST_ID.exec(id)?.[1] : undefined;
}

/**
 * The requests that this node has sent to the client of one session, until they are answered or given up. An id is
 * random, so that nobody can answer a request that was not sent to them, and names the node, so that a response
 * finds it from any other one. A response to an unknown id, or a second one, changes nothing.
 */
export class OutgoingRequests {
  private readonly pending = new Map<string, OutgoingRequest>();
  private closed: Error | undefined;

  /** @param sendLate tells the client that a request is given up whose call is over */
  constructor(
    private readonly nodeId: NodeId,
    private readonly sendLate: Send,
  ) {}

  /** Requests that wait for a response. */
  get size(): number {
    return this.pending.size;
  }

  /**
   * Sends a request, and resolves to the result of its response.
   * @param call whose end gives the request up
   * @throws ClientRequestError
   */
  async send(
    method: string,
    params: JsonObject | undefined,
    send: Send,
    { signal, timeoutMs = TIMEOUT_MS }: ClientRequestOptions = {},
    call?: McpCall,
  ): Promise<JsonObject> {
    this.check(method, signal);
    const id = `${this.nodeId}.${randomBytes(ID_BYTES).toString('base64url')}`;
    const message = requestMessage(id, method, params);
    const request = new OutgoingRequest(id, method, send, call);
    this.pending.set(id, request);
    const abort = guarded(() => request.cancel(aborted(method, signal)));
    signal?.addEventListener('abort', abort, { once: true });
    try {
      // Nobody keeps a process alive to hear from a client.
      request.startDeadline(timeoutMs).unref();
      send(message);
      return await request.result;
    } finally {
      this.pending.delete(id);
      request.stopDeadline();
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Hands a response to the code that waits for it; false where none does. */
  settle(response: JsonRpcResponse): boolean {
    const request = typeof response.id === 'string' ? this.pending.get(response.id) : undefined;
    request?.settle(response);
    return request !== undefined;
  }

  /** Gives up what belongs to a call that is over. */
  callEnded(call: McpCall): void {
    for (const request of this.pending.values())
      if (request.call === call) request.cancel(callOver(request.method), this.sendLate);
  }

  /** Gives up all requests, and sends no others: no response comes any more. */
  close(reason: Error): void {
    this.closed ??= reason;
    for (const request of this.pending.values()) request.fail(closed(request.method, reason));
  }

  private check(method: string, signal: AbortSignal | undefined): void {
    if (this.closed) throw closed(method, this.closed);
    if (signal?.aborted === true) throw aborted(method, signal);
    if (this.pending.size >= MOST_REQUESTS)
      throw new ClientRequestError('limit', TOO_MANY_REQUESTS(method, MOST_REQUESTS));
  }
}

/** One request on its way; only the first outcome counts. */
class OutgoingRequest {
  readonly result: Promise<JsonObject>;
  private resolve: (result: JsonObject) => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;
  private deadline: Deadline | undefined;
  private isOver = false;

  constructor(
    private readonly id: string,
    readonly method: string,
    private readonly send: Send,
    readonly call: McpCall | undefined,
  ) {
    this.result = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Sending may fail first; then nothing waits for this promise.
    this.result.catch(() => undefined);
  }

  startDeadline(milliseconds: number): Deadline {
    const timedOut = REQUEST_TIMED_OUT(this.method, milliseconds);
    this.deadline = deadlines.after(milliseconds, () =>
      this.cancel(new ClientRequestError('timeout', timedOut)),
    );
    return this.deadline;
  }

  stopDeadline(): void {
    this.deadline?.stop();
  }

  settle({ result, error }: JsonRpcResponse): void {
    if (isJsonObject(result)) {
      this.isOver = true;
      this.resolve(result);
    } else this.fail(errorOf(this.method, error));
  }

  fail(error: Error): void {
    this.isOver = true;
    this.reject(error);
  }

  /** Fails, and lets the client know that nobody waits for its response (2025-11-25 cancellation). */
  cancel(error: Error, send = this.send): void {
    if (this.isOver) return;
    this.fail(error);
    const params = { requestId: this.id, reason: error.message };
    runGuarded(() => send(notificationMessage('notifications/cancelled', params)));
  }
}

function errorOf(method: string, error: unknown): ClientRequestError {
  const { code, message, data } = isJsonObject(error) ? error : {};
  return Number.isSafeInteger(code) && typeof message === 'string'
    ? new ClientErrorResponse(Number(code), message, data)
    : new ClientRequestError('malformed', MALFORMED_RESPONSE(method));
}

function callOver(method: string): ClientRequestError {
  return new ClientRequestError('aborted', REQUEST_AFTER_CALL(method));
}

function closed(method: string, cause: Error): ClientRequestError {
  return new ClientRequestError('closed', REQUEST_AFTER_SESSION(method), { cause });
}

function aborted(method: string, signal: AbortSignal | undefined): ClientRequestError {
  return new ClientRequestError('aborted', REQUEST_ABORTED(method), { cause: signal?.reason });
}
