import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

export interface SseEvent {
  /** Empty for an event without a type. */
  readonly event: string;
  readonly data: string;
  /** Undefined when it is empty. */
  readonly id?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Headers = Record<string, string>;

/** One raw event stream, byte by byte, and its POSTs, without a client library in between. */
export class SseWire {
  /** Everything received so far, as sent. */
  raw = '';
  readonly events: SseEvent[] = [];
  private readonly known: Record<string, unknown>[] = [];
  /** Number of events whose messages are known. */
  private parsed = 0;
  private rest: Buffer = Buffer.alloc(0);
  private readonly waiting = new Set<() => void>();
  private readonly ended: Promise<void>;

  private constructor(
    readonly url: URL,
    readonly response: IncomingMessage,
    private readonly agent: Agent,
  ) {
    response.on('data', (chunk: Buffer) => {
      this.receive(chunk);
      this.arrived();
    });
    this.ended = new Promise((resolve) => response.once('close', resolve));
    void this.ended.then(() => this.arrived());
  }

  /** With a body, the stream is the response to a POST. */
  static async open(url: URL, headers: Headers = {}, body?: object): Promise<SseWire> {
    const agent = new Agent({ keepAlive: true });
    const type = body && { 'content-type': 'application/json' };
    const outgoing = request(url, {
      agent,
      method: body ? 'POST' : 'GET',
      headers: { accept: 'text/event-stream', ...type, ...headers },
    });
    outgoing.end(body && JSON.stringify(body));
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    return new SseWire(url, response, agent);
  }

  get status(): number {
    return this.response.statusCode ?? 0;
  }

  /** The stream's JSON-RPC messages so far. */
  get messages(): Record<string, unknown>[] {
    for (; this.parsed < this.events.length; this.parsed++) {
      const { event, data } = this.events[this.parsed] ?? { event: '', data: '' };
      if (event === 'message') this.known.push(JSON.parse(data) as Record<string, unknown>);
    }
    return [...this.known];
  }

  /** Resolves as soon as the received text satisfies `found`. Rejects when the stream ends before. */
  async until<Found>(found: () => Found | undefined): Promise<Found> {
    for (;;) {
      const result = found();
      if (result !== undefined) return result;
      if (this.response.closed) throw new Error(`the stream ended after:\n${this.raw}`);
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  /** The URL in the `endpoint` event, resolved as a browser would. */
  async endpoint(): Promise<URL> {
    const { data } = await this.until(() => this.events.find(({ event }) => event === 'endpoint'));
    return new URL(data, this.url);
  }

  async answer(id: string | number): Promise<Record<string, unknown>> {
    return this.until(() => this.messages.find((message) => message.id === id));
  }

  async post(body: string | object, headers: Headers = {}): Promise<HttpAnswer> {
    return post(await this.endpoint(), body, headers);
  }

  /** Sends a request and returns its response from the stream. */
  async call(
    id: string | number,
    method: string,
    params?: object,
  ): Promise<Record<string, unknown>> {
    await this.post({ jsonrpc: '2.0', id, method, params });
    return this.answer(id);
  }

  async initialize(protocolVersion = '2025-11-25'): Promise<Record<string, unknown>> {
    const answer = await this.call('initialize', 'initialize', {
      protocolVersion,
      capabilities: {},
      clientInfo: { name: 'wire', version: '1' },
    });
    await this.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return answer;
  }

  /** Resolves when the server, or {@link close}, has ended the stream. */
  async end(): Promise<void> {
    await this.ended;
  }

  close(): void {
    this.response.destroy();
    this.agent.destroy();
  }

  private arrived(): void {
    for (const look of this.waiting) look();
    this.waiting.clear();
  }

  /** Events end with an empty line. Incomplete bytes wait, so that no character is split. */
  private receive(chunk: Buffer): void {
    const bytes = Buffer.concat([this.rest, chunk]);
    const end = bytes.lastIndexOf('\n\n') + 2;
    const whole = end === 1 ? '' : bytes.subarray(0, end).toString('utf8');
    this.rest = end === 1 ? bytes : bytes.subarray(end);
    this.raw += whole;
    this.events.push(...whole.split('\n\n').flatMap(parseEvent));
  }
}

export async function post(
  url: URL,
  body: string | object,
  headers: Headers = {},
): Promise<HttpAnswer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return send('POST', url, { 'content-type': 'application/json', ...headers }, [Buffer.from(text)]);
}

/** One request, on a persistent connection if the agent keeps it. Each chunk of the body is written separately. */
export async function send(
  method: string,
  url: URL,
  headers: Headers = {},
  chunks: readonly Buffer[] = [],
): Promise<HttpAnswer> {
  const agent = new Agent({ keepAlive: true });
  const outgoing = request(url, { method, headers, agent });
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  for (const chunk of chunks)
    await new Promise<void>((resolve) => outgoing.write(chunk, () => resolve()));
  outgoing.end();
  const [response] = await answered;
  let received = '';
  response.setEncoding('utf8');
  for await (const chunk of response) received += String(chunk);
  agent.destroy();
  return { status: response.statusCode ?? 0, headers: response.headers, body: received };
}

function parseEvent(block: string): SseEvent[] {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')] as const;
    }),
  );
  const event = fields.get('event') ?? '';
  const id = fields.get('id') ?? '';
  if (event === '' && id === '') return [];
  return [{ event, data: fields.get('data') ?? '', ...(id !== '' && { id }) }];
}
