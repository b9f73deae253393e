import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { rawResponse } from '../../interfaces/http-exchange.interface.js';
import { responseEnd } from './response-end.js';

/** What Fastify's reply has beside Node's response. */
interface FastifyReply {
  hijack(): void;
  getHeaders(): OutgoingHttpHeaders;
}

/** Nothing between here and the client may keep, change or hold back what is written. */
const EVENT_STREAM_HEADERS: OutgoingHttpHeaders = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'private, no-cache, no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** They describe a body, and the body is ours: what the application says of another would cut it, or make it unreadable. */
const OF_ANOTHER_BODY = [
  'Content-Length',
  'Content-Encoding',
  'Content-Range',
  'Content-Disposition',
  'ETag',
  'Last-Modified',
];

/** Headers of ours that a page of another origin may read (Fetch standard, CORS protocol). */
const EXPOSED = 'Mcp-Session-Id';

/**
 * A response that the transport writes itself. Headers that the application has set by then, CORS among
 * them, go out with it, but for those that describe a body. Whatever is written after the client has left is dropped.
 */
export class TakenResponse {
  private readonly raw: ServerResponse;
  private readonly reply: FastifyReply | undefined;

  constructor(
    response: object,
    /** A client that lets more than these bytes wait is not reading, and is cut off. */
    private readonly pendingBytes: number,
  ) {
    this.raw = rawResponse(response);
    this.reply = isFastifyReply(response) ? response : undefined;
    this.reply?.hijack();
  }

  /** False once it was ended, or the client has left. */
  get isOpen(): boolean {
    return !this.raw.destroyed && !this.raw.writableEnded;
  }

  /** Answers at once, whole. */
  send(status: number, json?: string, headers: OutgoingHttpHeaders = {}): void {
    if (!this.isOpen) return;
    const type = json === undefined ? {} : { 'Content-Type': 'application/json' };
    this.head(status, { ...type, ...headers });
    this.raw.end(json);
  }

  /** Begins an event stream. */
  stream(headers: OutgoingHttpHeaders = {}): void {
    if (!this.isOpen) return;
    this.head(200, { ...EVENT_STREAM_HEADERS, ...headers });
    this.raw.flushHeaders();
  }

  /** One event; `data` is one line. */
  event(data: string, id?: string): void {
    this.write(`${id === undefined ? '' : `id: ${id}\n`}event: message\ndata: ${data}\n\n`);
  }

  /** The place to resume from: an event without data (2025-11-25 transports, Sending Messages to the Server). */
  prime(id: string): void {
    this.write(`id: ${id}\ndata: \n\n`);
  }

  /** How long to wait before reconnecting, from now on; a field that many readers do not know. */
  retry(retryMs: number): void {
    this.write(`retry: ${retryMs}\n\n`);
  }

  /** Tells proxies and clients that the stream is alive. */
  keepAlive(): void {
    this.write(': keep-alive\n\n');
  }

  end(): void {
    if (this.isOpen) this.raw.end();
  }

  /** One last event; resolves when it is out, or the client was given up. */
  async finish(data: string): Promise<void> {
    if (!this.isOpen) return;
    this.event(data);
    await responseEnd(this.raw, () => this.raw.end());
  }

  /** Resolves when the response is out, or the client was given up. */
  async over(): Promise<void> {
    if (!this.raw.closed) await responseEnd(this.raw, () => undefined);
  }

  /** Calls back when the connection is gone, or the response is out; `isComplete` tells which. */
  onClose(listener: (isComplete: boolean) => void): void {
    const tell = (): void => listener(this.raw.writableFinished);
    // Who left while a guard was asked does not leave once more.
    if (this.raw.destroyed) tell();
    else this.raw.once('close', tell);
  }

  private write(text: string): void {
    if (!this.isOpen) return;
    this.raw.write(text);
    if (this.raw.writableLength > this.pendingBytes) this.raw.destroy();
  }

  private head(status: number, headers: OutgoingHttpHeaders): void {
    for (const [name, value] of Object.entries({ ...this.reply?.getHeaders(), ...headers }))
      if (value !== undefined) this.raw.setHeader(name, value);
    for (const name of OF_ANOTHER_BODY) this.raw.removeHeader(name);
    if (this.raw.hasHeader('Access-Control-Allow-Origin')) this.expose();
    this.raw.writeHead(status);
  }

  private expose(): void {
    const exposed = this.raw.getHeader('Access-Control-Expose-Headers');
    const names = exposed === undefined ? [] : [exposed].flat();
    this.raw.setHeader('Access-Control-Expose-Headers', [...names, EXPOSED].join(', '));
  }
}

function isFastifyReply(response: object): response is FastifyReply {
  return typeof (response as Partial<FastifyReply>).hijack === 'function';
}
