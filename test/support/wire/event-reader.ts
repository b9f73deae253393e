import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';

type Message = Record<string, unknown>;

/** One event as it arrived. Fields that it lacked are undefined. */
export interface ReadEvent {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
  readonly retry?: string;
}

/** The response to one request, read as it arrives: an event stream, or a complete body. */
export class EventReader {
  /** Everything received so far, as sent. */
  raw = '';
  private readonly waiting = new Set<() => void>();
  private readonly over: Promise<void>;

  private constructor(
    readonly response: IncomingMessage,
    private readonly agent: Agent,
  ) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      this.raw += chunk;
      this.arrived();
    });
    response.on('error', () => undefined);
    this.over = new Promise((resolve) => response.once('close', resolve));
    void this.over.then(() => this.arrived());
  }

  static async open(
    method: string,
    url: URL,
    headers: Record<string, string>,
    body?: object,
    signal?: AbortSignal,
  ): Promise<EventReader> {
    const agent = new Agent({ keepAlive: true });
    const outgoing = request(url, { method, agent, headers, ...(signal && { signal }) });
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    return new EventReader(response, agent);
  }

  get status(): number {
    return this.response.statusCode ?? 0;
  }

  get isStream(): boolean {
    return this.response.headers['content-type'] === 'text/event-stream';
  }

  /** Complete events so far, without comments. */
  get events(): ReadEvent[] {
    const whole = this.raw.slice(0, this.raw.lastIndexOf('\n\n') + 1);
    return whole
      .split('\n\n')
      .map((block) => block.split('\n').filter((line) => line !== '' && !line.startsWith(':')))
      .filter((lines) => lines.length > 0)
      .map((lines) => Object.fromEntries(lines.map(fieldOf)) as ReadEvent);
  }

  /** The JSON-RPC messages so far: of the events, or the body. */
  get messages(): Message[] {
    if (!this.isStream) return this.raw === '' ? [] : [JSON.parse(this.raw) as Message];
    return this.events
      .map(({ data = '' }) => data)
      .filter((data) => data !== '')
      .map((data) => JSON.parse(data) as Message);
  }

  /** Resolves as soon as the received text satisfies `found`. Rejects when the response ends before. */
  async until<Found>(found: () => Found | undefined): Promise<Found> {
    for (;;) {
      const result = found();
      if (result !== undefined) return result;
      if (this.response.closed) throw new Error(`the answer ended after:\n${this.raw}`);
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  /** Resolves to its messages when the server has ended the response. */
  async ended(): Promise<Message[]> {
    await this.over;
    this.agent.destroy();
    return this.messages;
  }

  /** Closes the connection, as a client that disconnects does. */
  close(): void {
    this.response.destroy();
    this.agent.destroy();
  }

  private arrived(): void {
    for (const look of this.waiting) look();
    this.waiting.clear();
  }
}

function fieldOf(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
}
