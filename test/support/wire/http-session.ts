import { type HttpAnswer, post, send, SseWire } from './sse-wire.js';

type Headers = Record<string, string>;
type Message = Record<string, unknown>;

export const ACCEPT = { accept: 'application/json, text/event-stream' };

/** One POST to the endpoint of Streamable HTTP, with the headers that every client sends. */
export async function postMcp(
  url: URL,
  body: string | object,
  headers: Headers = {},
): Promise<HttpAnswer> {
  return post(new URL('/mcp', url), body, { ...ACCEPT, ...headers });
}

export const initialize = (protocolVersion = '2025-11-25', id: string | number = 'init') => ({
  jsonrpc: '2.0',
  id,
  method: 'initialize',
  params: { protocolVersion, capabilities: {}, clientInfo: { name: 'wire', version: '1' } },
});

export const request = (id: string | number, method: string, params?: object) => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});

export const toolCall = (id: string | number, name: string, args: object = {}, meta?: object) =>
  request(id, 'tools/call', { name, arguments: args, ...(meta && { _meta: meta }) });

export interface HttpSessionOptions {
  readonly version?: string;
  /** Sent with every request. */
  readonly headers?: Headers;
}

/** A session of Streamable HTTP, request by request, without a client library in between. */
export class HttpSession {
  private constructor(
    readonly url: URL,
    readonly id: string,
    private readonly headers: Headers,
  ) {}

  static async open(url: URL, options: HttpSessionOptions = {}): Promise<HttpSession> {
    const { version = '2025-11-25', headers = {} } = options;
    const answer = await postMcp(url, initialize(version), headers);
    const id = answer.headers['mcp-session-id'];
    if (typeof id !== 'string') throw new Error(`no session: ${answer.status} ${answer.body}`);
    const session = new HttpSession(url, id, headers);
    await session.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return session;
  }

  /** The same session at another node or for another user. */
  as(url: URL, headers: Headers = this.headers): HttpSession {
    return new HttpSession(url, this.id, headers);
  }

  async post(body: string | object, headers: Headers = {}): Promise<HttpAnswer> {
    return postMcp(this.url, body, this.with(headers));
  }

  /** The response to a request that is answered with JSON. */
  async call(id: string | number, method: string, params?: object): Promise<Message> {
    const { body } = await this.post(request(id, method, params));
    return JSON.parse(body) as Message;
  }

  /** The response to a POST, as a stream. */
  async stream(body: object): Promise<SseWire> {
    return SseWire.open(new URL('/mcp', this.url), this.with(ACCEPT), body);
  }

  /** The event stream of GET, or its refusal. */
  async get(headers: Headers = {}): Promise<SseWire> {
    return SseWire.open(new URL('/mcp', this.url), this.with(headers));
  }

  async refusedGet(headers: Headers = {}): Promise<HttpAnswer> {
    const accept = { accept: 'text/event-stream' };
    return send('GET', new URL('/mcp', this.url), this.with({ ...accept, ...headers }));
  }

  async delete(): Promise<HttpAnswer> {
    return send('DELETE', new URL('/mcp', this.url), this.with());
  }

  private with(headers: Headers = {}): Headers {
    return { 'mcp-session-id': this.id, ...this.headers, ...headers };
  }
}
