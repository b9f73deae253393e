import type { OutgoingHttpHeaders } from 'node:http';
import { rawResponse } from '../../../interfaces/http-exchange.interface.js';
import type { Output } from '../../output/output.js';
import { guarded } from '../../../runtime/guarded.js';
import { EventWriter } from './event-writer.js';
import { putHeaders } from './put-headers.js';
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
export class RawResponse extends EventWriter {
  private readonly reply: FastifyReply | undefined;

  constructor(response: object, output: Output) {
    super(rawResponse(response), output);
    this.reply = isFastifyReply(response) ? response : undefined;
    this.reply?.hijack();
  }

  /** Answers at once, whole. */
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
    const tell = guarded(() => listener(this.raw.writableFinished));
    // Who left while a guard was asked does not leave once more.
    if (this.raw.destroyed) tell();
    else this.raw.once('close', tell);
  }

  private head(status: number, headers: OutgoingHttpHeaders): void {
    // Where the application has begun an answer of its own, this one has no head: it is not lost, at least.
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
