import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A connection that sends raw bytes, and reads responses by their `Content-Length`, without an HTTP client in
 * between.
 */
export class RawClient {
  private received = '';
  private isClosed = false;
  private readonly whenClosed: Promise<void>;
  private arrived: () => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (text: string) => {
      this.received += text;
      this.arrived();
    });
    // Bytes that arrived before a reset count: a client that is reset while it writes may have read them.
    socket.on('error', () => undefined);
    this.whenClosed = new Promise((resolve) => socket.once('close', () => resolve()));
    void this.whenClosed.then(() => {
      this.isClosed = true;
      this.arrived();
    });
  }

  static async connect({ port }: URL): Promise<RawClient> {
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  /** Resolves when the system has accepted the bytes, or refuses more of them. */
  async send(bytes: string | Uint8Array): Promise<void> {
    const written = new Promise<void>((resolve) => this.socket.write(bytes, () => resolve()));
    await Promise.race([written, this.whenClosed]);
  }

  /** The head of a request, and the text after it. */
  async request(line: string, headers: Readonly<Record<string, string>>, body = ''): Promise<void> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    await this.send(`${line} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  }

  /** The same for a client that reads nothing before it has sent everything, as many do. */
  async requestUnread(...request: Parameters<RawClient['request']>): Promise<void> {
    this.socket.pause();
    await this.request(...request);
    this.socket.resume();
  }

  /** The next final response. Rejects when the connection is closed before it was complete. */
  async answer(): Promise<RawAnswer> {
    for (;;) {
      const answer = this.take();
      if (answer !== undefined && answer.status >= 200) return answer;
      if (answer !== undefined) continue;
      if (this.isClosed) throw new Error(`closed after: ${this.received || 'nothing'}`);
      await new Promise<void>((resolve) => (this.arrived = resolve));
    }
  }

  async closed(): Promise<void> {
    await this.whenClosed;
  }

  close(): void {
    this.socket.destroy();
  }

  private take(): RawAnswer | undefined {
    const end = this.received.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    const [first = '', ...lines] = this.received.slice(0, end).split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => {
        const [name = '', ...value] = line.split(': ');
        return [name.toLowerCase(), value.join(': ')] as const;
      }),
    );
    const length = Number(headers['content-length'] ?? 0);
    const body = this.received.slice(end + 4, end + 4 + length);
    if (body.length < length) return undefined;
    this.received = this.received.slice(end + 4 + length);
    return { status: Number(first.split(' ')[1]), headers, body };
  }
}
