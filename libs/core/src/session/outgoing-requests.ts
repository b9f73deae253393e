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
/** How many requests of one session may wait for a response at the same time. */
const MOST_REQUESTS = 64;

/**
 * The id of a request: the node that sends it and 128 random bits, in base64url. The name of a node contains no dot.
 */
const REQUEST_ID = /^([A-Za-z0-9-]{1,40})\.[\w-]{22}$/;

type Send = (message: string) => void;

/** The node that sent the request. Undefined if no node can have sent a request with this id. */
export function nodeOf({ id }: JsonRpcResponse): NodeId | undefined {
  return typeof id === 'string' ? REQUEST_ID.exec(id)?.[1] : undefined;
}

/**
 * The requests that this node has sent to the client of one session and that still wait for a response. An id is
 * random, so that only the client that got the request can answer it. It names the node, so that any node can pass
 * the response on. A response to an unknown id, or a second response, has no effect.
 */
export class OutgoingRequests {
  private readonly pending = new Map<string, OutgoingRequest>();
  private closed: Error | undefined;

  /** @param sendLate sends the client the cancellation of a request whose call is over */
  constructor(
    private readonly nodeId: NodeId,
    private readonly sendLate: Send,
  ) {}

  /** How many requests wait for a response. */
  get size(): number {
    return this.pending.size;
  }

  /**
   * Sends a request, and resolves to the result of its response.
   * @param call the call that the request belongs to; when it ends, the request is cancelled
   * @throws ClientRequestError when there is no response.
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
      // A request to a client must not keep the process alive.
      request.startDeadline(timeoutMs).unref();
      send(message);
      return await request.result;
    } finally {
      this.pending.delete(id);
      request.stopDeadline();
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Passes a response to the code that waits for it. Returns false if no code does. */
  settle(response: JsonRpcResponse): boolean {
    const request = typeof response.id === 'string' ? this.pending.get(response.id) : undefined;
    request?.settle(response);
    return request !== undefined;
  }

  /** Cancels the requests of a call that is over. */
  callEnded(call: McpCall): void {
    for (const request of this.pending.values())
      if (request.call === call) request.cancel(callOver(request.method), this.sendLate);
  }

  /** Cancels all requests, and sends no more: no response can arrive any more. */
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

/** One request that waits for its response. Only the first outcome counts. */
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
    // If sending fails first, no code waits for this promise.
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

  /**
   * Fails the request, and notifies the client that its response is not needed any more (2025-11-25 cancellation).
   */
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
