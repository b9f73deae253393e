import type { IncomingMessage, ServerResponse } from 'node:http';
import { deadlines } from '../../runtime/deadlines.js';
import { guarded } from '../../runtime/guarded.js';
import { isTiny } from './chunk-size.js';

/** Time that a client has to read an answer, and to stop sending. */
const PATIENCE_MS = 1_000;

/** What `ServerResponse.end()` takes, in any of its forms. */
export type EndArguments = readonly unknown[];

/** An answer that was sent, and whose response ends with its request. */
export class EarlyAnswer {
  private read = 0;
  private chunks = 0;
  private callback: (() => void) | undefined;
  private readonly patience = deadlines.after(PATIENCE_MS, () => this.end());

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    /** When the connection has read so much, it reads no more. */
    private readonly enough: number,
    private readonly over: () => void,
  ) {
    request.on('data', this.onData).once('end', this.end).once('error', this.end);
    request.once('close', this.end);
    response.once('close', this.end);
  }

  /** Sends all of the answer but its end. */
  send(args: EndArguments): void {
    const { response } = this;
    const body = bodyOf(args);
    this.callback = args.find((arg): arg is () => void => typeof arg === 'function');
    if (!response.headersSent) this.setHeaders(body.length);
    if (body.length > 0) response.write(body);
    else response.flushHeaders();
    // Frameworks go by this to tell whether a request was answered.
    Object.defineProperty(response, 'writableEnded', { value: true, configurable: true });
    this.request.resume();
  }

  readonly end = guarded((): void => {
    const { request, response } = this;
    this.patience.stop();
    request.off('data', this.onData).off('end', this.end).off('close', this.end);
    response.off('close', this.end);
    Reflect.deleteProperty(response, 'writableEnded');
    const close = guarded(() => request.socket.destroySoon());
    if (!request.complete) response.once('finish', close);
    if (!response.destroyed) response.end(this.callback);
    this.over();
  });

  private readonly onData = guarded(({ length }: Buffer) => {
    this.read += length;
    this.chunks++;
    if (this.request.socket.bytesRead > this.enough || isTiny(this.chunks, this.read))
      this.stopReading();
  });

  /** A request that flows would have its socket go on. */
  private stopReading(): void {
    this.request.pause();
    this.request.socket.pause();
  }

  private setHeaders(length: number): void {
    const { request, response } = this;
    const isFramed =
      response.hasHeader('Content-Length') || response.hasHeader('Transfer-Encoding');
    if (!isFramed && response.statusCode !== 204 && response.statusCode !== 304)
      response.setHeader('Content-Length', length);
    if (Number(request.headers['content-length']) + request.socket.bytesRead > this.enough)
      response.setHeader('Connection', 'close');
  }
}

function bodyOf([chunk, encoding]: EndArguments): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  return typeof chunk === 'string'
    ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
    : Buffer.alloc(0);
}
