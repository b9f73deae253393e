import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  isJSONRPCErrorResponse,
  type JSONRPCErrorResponse,
  type JSONRPCMessage,
  type JSONRPCNotification,
  type JSONRPCRequest,
  McpError,
  type RequestId,
} from '@modelcontextprotocol/sdk/types.js';
import { eventData } from './event-stream.js';
import { loopbackFetch } from './loopback-fetch.js';
import { headerValue, paramHeaders } from './param-headers.js';

const REVISION = '2026-07-28';
const META = 'io.modelcontextprotocol/';
const HEADER_MISMATCH = -32_020;

type Answer = JSONRPCMessage & { readonly error?: { readonly code: number } };

/**
 * A transport with which the official client of SDK 1.x, which supports only session revisions, speaks 2026-07-28.
 * Every request is a POST with the client and its capabilities in `_meta`.
 */
export class StatelessTransport implements Transport {
  /** With a session id, the client does not send `initialize`. */
  readonly sessionId = '';
  onclose?: () => void;
  onmessage?: (message: JSONRPCMessage) => void;

  private readonly running = new Map<RequestId, AbortController>();

  constructor(
    private readonly url: URL,
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  async start(): Promise<void> {}

  /** @throws StreamableHTTPError when the response is not JSON-RPC, with the HTTP status as `code` */
  async send(message: JSONRPCMessage): Promise<void> {
    if (!('method' in message)) return;
    if (!('id' in message)) return this.notify(message);
    const controller = new AbortController();
    this.running.set(message.id, controller);
    try {
      await this.request(message, controller.signal);
    } finally {
      this.running.delete(message.id);
    }
  }

  async close(): Promise<void> {
    for (const controller of this.running.values()) controller.abort();
    this.onclose?.();
  }

  /**
   * Opens a stream of notifications, and resolves when it ends. A request of the official client would have a time
   * limit, whose timer keeps the process alive.
   * @throws McpError when the server refuses
   */
  async subscribe(notifications: Readonly<Record<string, boolean>>): Promise<void> {
    const id = 'subscription';
    const controller = new AbortController();
    this.running.set(id, controller);
    const request: JSONRPCRequest = {
      jsonrpc: '2.0',
      id,
      method: 'subscriptions/listen',
      params: { notifications },
    };
    for await (const message of this.exchange(request, {}, controller.signal)) {
      if ('method' in message) this.onmessage?.(message);
      else if (isJSONRPCErrorResponse(message)) throw refusalOf(message);
    }
  }

  /** The revision has no client notifications. The client cancels a call by closing its connection. */
  private notify({ method, params }: JSONRPCNotification): void {
    if (method === 'notifications/cancelled')
      this.running.get(params?.requestId as RequestId)?.abort();
  }

  private async request(request: JSONRPCRequest, signal: AbortSignal): Promise<void> {
    for await (const message of this.exchange(request, {}, signal)) {
      if (message.error?.code === HEADER_MISMATCH && request.method === 'tools/call')
        return this.repeat(request, message, signal);
      this.onmessage?.(message);
    }
  }

  /** Repeats a call with the headers that the tool's schema asks for (Streamable HTTP, Client Behavior). */
  private async repeat(call: JSONRPCRequest, refusal: Answer, signal: AbortSignal): Promise<void> {
    const headers = await this.headersFor(call, signal);
    if (Object.keys(headers).length === 0) return this.onmessage?.(refusal);
    for await (const message of this.exchange(call, headers, signal)) this.onmessage?.(message);
  }

  private async headersFor(
    { params = {} }: JSONRPCRequest,
    signal: AbortSignal,
  ): Promise<Record<string, string>> {
    let cursor: unknown;
    do {
      const list = {
        jsonrpc: '2.0',
        id: 'headers',
        method: 'tools/list',
        params: { cursor },
      } as const;
      cursor = undefined;
      for await (const { result } of this.exchange(list, {}, signal) as AsyncIterable<ListAnswer>) {
        const tool = result?.tools.find(({ name }) => name === params.name);
        if (tool) return paramHeaders(tool.inputSchema, params.arguments);
        cursor = result?.nextCursor;
      }
    } while (cursor !== undefined);
    return {};
  }

  private async *exchange(
    { id, method, params = {} }: JSONRPCRequest,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): AsyncGenerator<Answer> {
    const name = params.name ?? params.uri;
    const response = await loopbackFetch(this.url, {
      method: 'POST',
      headers: {
        ...this.headers,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': REVISION,
        'mcp-method': method,
        ...(typeof name === 'string' && { 'mcp-name': headerValue(name) }),
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id, method, params: enveloped(params) }),
      signal,
    });
    yield* answersOf(response, id);
  }
}

function refusalOf({ error: { code, message, data } }: JSONRPCErrorResponse): McpError {
  return McpError.fromError(code, message, data);
}

interface ListAnswer {
  readonly result?: {
    readonly tools: readonly { readonly name: string; readonly inputSchema: unknown }[];
    readonly nextCursor?: string;
  };
}

function enveloped({ _meta, ...params }: NonNullable<JSONRPCRequest['params']>): object {
  return {
    ...params,
    _meta: {
      ..._meta,
      [`${META}protocolVersion`]: REVISION,
      [`${META}clientInfo`]: { name: 'nestmcp-testing', version: '0.0.0' },
      [`${META}clientCapabilities`]: {},
    },
  };
}

async function* answersOf(response: Response, id: RequestId): AsyncGenerator<Answer> {
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream') && response.body) {
    for await (const data of eventData(response.body)) yield JSON.parse(data) as Answer;
    return;
  }
  const text = await response.text();
  const answer = jsonRpcOf(text);
  if (answer === undefined)
    throw new StreamableHTTPError(response.status, `HTTP ${response.status}: ${text}`);
  // A refusal that is sent before the message is read has no id.
  yield { ...answer, id };
}

function jsonRpcOf(text: string): Answer | undefined {
  try {
    const answer = JSON.parse(text) as Answer | null;
    return answer?.jsonrpc === '2.0' ? answer : undefined;
  } catch {
    return undefined;
  }
}
