import { once } from 'node:events';
import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
} from 'node:http';

/** Headers of the suite's request that the server behind the bridge must receive too. */
const FORWARDED = ['authorization', 'host', 'mcp-protocol-version', 'origin'] as const;

/** One JSON-RPC message, as far as a bridge must understand it. */
export interface Message {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: { readonly _meta?: { readonly progressToken?: string | number } } & {
    readonly progressToken?: string | number;
  };
}

/** The server did not open a stream; it returned this status instead. */
export class RefusedStream extends Error {
  constructor(readonly status: number) {
    super(`The stream was answered with ${status}`);
  }
}

/** A client of HTTP+SSE (2024-11-05): messages arrive on a stream, and are sent to the URL that it names. */
export class SseSession {
  onMessage: (message: Message) => void = () => undefined;
  onClose: () => void = () => undefined;
  private buffered = '';

  private constructor(
    private readonly opening: ClientRequest,
    private readonly stream: URL,
    private endpoint: URL | undefined,
  ) {}

  /**
   * Opens a stream and waits for its `endpoint` event.
   * @throws RefusedStream when the server answers with another status than 200.
   */
  static async open(stream: URL, headers: IncomingHttpHeaders): Promise<SseSession> {
    const opening = request(stream, {
      headers: { accept: 'text/event-stream', ...forwarded(headers) },
    });
    opening.end();
    const [response] = (await once(opening, 'response')) as [IncomingMessage];
    if (response.statusCode !== 200) {
      response.resume();
      throw new RefusedStream(response.statusCode ?? 502);
    }
    const session = new SseSession(opening, stream, undefined);
    await session.read(response);
    return session;
  }

  /** Posts one message, and returns the status of the response. */
  async send(body: string, headers: IncomingHttpHeaders): Promise<number> {
    const posting = request(this.endpoint ?? this.stream, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...forwarded(headers) },
    });
    posting.end(body);
    const [response] = (await once(posting, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode ?? 502;
  }

  close(): void {
    this.opening.destroy();
  }

  /** Resolves with the `endpoint` event, and continues to read. */
  private read(response: IncomingMessage): Promise<void> {
    return new Promise((resolve, reject) => {
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        this.take(chunk);
        if (this.endpoint !== undefined) resolve();
      });
      response.on('error', () => undefined);
      response.on('close', () => {
        reject(new RefusedStream(502));
        this.onClose();
      });
    });
  }

  private take(chunk: string): void {
    this.buffered += chunk;
    for (;;) {
      const end = this.buffered.indexOf('\n\n');
      if (end === -1) return;
      const event = this.buffered.slice(0, end);
      this.buffered = this.buffered.slice(end + 2);
      this.dispatch(fieldOf(event, 'event'), fieldOf(event, 'data'));
    }
  }

  private dispatch(event: string, data: string): void {
    if (event === 'endpoint') this.endpoint = new URL(data, this.stream);
    else if (data !== '') this.onMessage(JSON.parse(data) as Message);
  }
}

/** All values of a field in one event, one line each. */
function fieldOf(event: string, name: string): string {
  return event
    .split('\n')
    .filter((line) => line.startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).replace(/^ /, ''))
    .join('\n');
}

function forwarded(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of FORWARDED) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value;
  }
  return kept;
}
