import { type HttpAnswer, post, SseWire } from '../sse-wire.js';

type Headers = Record<string, string>;

/** What a client reads of a call: the text of the result, or the message of the JSON-RPC error. */
export interface ToolAnswer {
  readonly text: string;
  readonly isError: boolean;
  /** Undefined unless the call failed as a JSON-RPC error. */
  readonly code: number | undefined;
}

interface AnswerMessage {
  readonly result?: {
    readonly content: readonly { readonly text?: string }[];
    readonly isError?: boolean;
  };
  readonly error?: { readonly code: number; readonly message: string };
}

/** The one `endpoint` event, then `message` events that each hold one JSON-RPC message, and keep-alives. */
const FRAMES =
  /^\n*event: endpoint\ndata: \/messages\?sessionId=[\w-]{22}\n\n(?:event: message\ndata: \{"jsonrpc":"2\.0","id":.+\}\n\n|: (?:open|keep-alive)\n\n)*$/;

/** A client at the wire that calls tools, each call with headers of its own. */
export class ToolClient {
  private lastId = 0;
  private waiting: (() => void)[] = [];

  private constructor(
    readonly wire: SseWire,
    private readonly headers: Headers,
  ) {
    const wake = (): void => this.waiting.splice(0).forEach((resume) => resume());
    wire.response.on('data', wake).on('close', wake);
  }

  /** Opens a stream and initializes the session. `headers` go with every request. */
  static async connect(url: URL, headers: Headers = {}): Promise<ToolClient> {
    const client = new ToolClient(await SseWire.open(new URL('/sse', url), headers), headers);
    await client.request('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'tool-client', version: '7' },
    });
    await client.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return client;
  }

  async sessionId(): Promise<string> {
    return (await this.wire.endpoint()).searchParams.get('sessionId') ?? '';
  }

  /** The receipt of one message. */
  async post(message: object, headers: Headers = {}): Promise<HttpAnswer> {
    return post(await this.wire.endpoint(), message, { ...this.headers, ...headers });
  }

  /** The receipt of a call, whose answer nobody waits for. */
  async postCall(name: string, args: object = {}, headers: Headers = {}): Promise<HttpAnswer> {
    return this.post(this.message('tools/call', { name, arguments: args }), headers);
  }

  async call(name: string, args: object = {}, headers: Headers = {}): Promise<ToolAnswer> {
    const params = { name, arguments: args };
    const { result, error } = await this.request('tools/call', params, headers);
    return {
      text: error?.message ?? result?.content.map(({ text = '' }) => text).join('') ?? '',
      isError: result?.isError ?? false,
      code: error?.code,
    };
  }

  /** The result as it came, block by block. `meta` is the `_meta` of the request. */
  async result(name: string, args: object = {}, meta: object = {}): Promise<unknown> {
    const { result } = await this.request('tools/call', { name, arguments: args, _meta: meta });
    return result;
  }

  /** Cancels the request that was sent last. */
  async cancelLast(): Promise<void> {
    const params = { requestId: this.lastId };
    await this.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
  }

  /** The params of every progress notification so far. */
  progress(): unknown[] {
    return this.wire.messages
      .filter(({ method }) => method === 'notifications/progress')
      .map(({ params }) => params);
  }

  /**
   * The transport as it is without the application: frames as the protocol wants them, a `ping` answered
   * word for word, receipts that are empty, and the stream alive.
   */
  async expectIntact(): Promise<void> {
    const ping = this.message('ping');
    expect(await this.post(ping)).toMatchObject({ status: 202, body: '' });
    expect(await this.answer(ping.id)).toEqual({ jsonrpc: '2.0', id: ping.id, result: {} });
    expect(this.wire.raw).toMatch(FRAMES);
    const ids = this.wire.messages.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(this.wire.response.closed).toBe(false);
  }

  close(): void {
    this.wire.close();
  }

  private message(method: string, params?: object) {
    return { jsonrpc: '2.0', id: ++this.lastId, method, params };
  }

  private async request(
    method: string,
    params: object,
    headers: Headers = {},
  ): Promise<AnswerMessage> {
    const message = this.message(method, params);
    const { status, body } = await this.post(message, headers);
    if (status !== 202) throw new Error(`${method} was answered ${status}: ${body}`);
    return this.answer(message.id);
  }

  /** Any number of calls may wait at once. */
  private async answer(id: number): Promise<AnswerMessage> {
    for (;;) {
      const found = this.wire.messages.find((message) => message.id === id);
      if (found !== undefined) return found;
      if (this.wire.response.closed) throw new Error(`the stream ended before answer ${id}`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }
}
