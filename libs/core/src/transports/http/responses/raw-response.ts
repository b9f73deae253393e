import type { OutgoingHttpHeaders } from 'node:http';
import { rawResponse } from '../../../interfaces/http-exchange.interface.js';
import type { UnreadOutput } from '../../output/unread-output.js';
import { guarded } from '../../../runtime/guarded.js';
import { EventWriter } from './event-writer.js';
import { putHeaders } from './put-headers.js';
import { responseEnd } from './response-end.js';

/** The methods of Fastify's reply that are used here. */
interface FastifyReply {
  hijack(): void;
  getHeaders(): OutgoingHttpHeaders;
}

/** Proxies must not store, change or buffer the stream. */
const EVENT_STREAM_HEADERS: OutgoingHttpHeaders = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'private, no-cache, no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/**
 * Headers that describe a body. The transport writes the body, so what the application has set for another
 * one would truncate it or make it unreadable.
 */
const OF_ANOTHER_BODY = [
  'Content-Length',
  'Content-Encoding',
  'Content-Range',
  'Content-Disposition',
  'ETag',
  'Last-Modified',
];

/** The header that a page of another origin may read (Fetch standard, CORS protocol). */
const EXPOSED = 'Mcp-Session-Id';

/**
 * A response that the transport writes itself. It is sent with the headers that the application has set, such
 * as those of CORS, except those that describe a body. Everything written after the client has left is
 * dropped.
 */
export class RawResponse extends EventWriter {
  private readonly reply: FastifyReply | undefined;

  constructor(response: object, output: UnreadOutput) {
    super(rawResponse(response), output);
    this.reply = isFastifyReply(response) ? response : undefined;
    this.reply?.hijack();
  }

  /** Sends a complete response: status, headers and an optional JSON body. */
  send(status: number, json?: string, headers: OutgoingHttpHeaders = {}): void {
    if (!this.isOpen) return;
    const type = json === undefined ? {} : { 'Content-Type': 'application/json' };
    this.head(status, { ...type, ...headers });
    if (json === undefined) return void this.raw.end();
    const bytes = this.bytesOf(json);
    this.raw.end(bytes);
    this.output.wrote(bytes.length);
  }

  /** Begins an event stream. */
  stream(headers: OutgoingHttpHeaders = {}): void {
    if (!this.isOpen) return;
    this.head(200, { ...EVENT_STREAM_HEADERS, ...headers });
    this.raw.flushHeaders();
  }

  end(): void {
    if (this.isOpen) this.raw.end();
  }

  /** Sends a last event and ends the stream. Resolves when it is sent or the client is disconnected. */
  async finish(data: string): Promise<void> {
    if (!this.isOpen) return;
    this.event(data);
    await responseEnd(this.raw, () => this.raw.end());
  }

  /** Resolves when the response is sent or the client is disconnected. */
  async over(): Promise<void> {
    if (!this.raw.closed) await responseEnd(this.raw, () => undefined);
  }

  /**
   * Calls the listener when the response is closed. `isComplete` is true if the whole response was sent, and
   * false if the client left before.
   */
  onClose(listener: (isComplete: boolean) => void): void {
    const notify = guarded(() => listener(this.raw.writableFinished));
    // A client that left while a guard was asked has already caused the `close` event.
    if (this.raw.destroyed) notify();
    else this.raw.once('close', notify);
  }

  private head(status: number, headers: OutgoingHttpHeaders): void {
    // If the application has begun an answer of its own, the head is sent already. The body is then appended,
    // so that it is not lost.
    if (this.raw.headersSent) return;
    putHeaders(this.raw, status, { ...this.reply?.getHeaders(), ...headers });
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
