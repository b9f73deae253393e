import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Deadline, deadlines } from '../../../runtime/deadlines.js';
import { guarded } from '../../../runtime/guarded.js';
import { isTiny, stopReading } from './chunk-size.js';

/** What `ServerResponse.end()` takes, in any of its forms. */
export type EndArguments = readonly unknown[];

/** How long a response waits for its request. */
export interface Patience {
  /** When the connection has read so many bytes, it reads no more. */
  readonly enough: number;
  readonly patienceMs: number;
  /** Called when it waits no more. */
  over(): void;
}

/** An answer that was sent, and whose response ends with its request. */
export class EarlyAnswer {
  private read = 0;
  private chunks = 0;
  private callback: (() => void) | undefined;
  private readonly deadline: Deadline;

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly patience: Patience,
  ) {
    this.deadline = deadlines.after(patience.patienceMs, () => this.end());
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
    // Paused where its reader has had enough.
    if (!this.request.isPaused()) this.request.resume();
  }

  readonly end = guarded((): void => {
    const { request, response } = this;
    this.deadline.stop();
    request.off('data', this.onData).off('end', this.end).off('close', this.end);
    response.off('close', this.end);
    Reflect.deleteProperty(response, 'writableEnded');
    const close = guarded(() => request.socket.destroySoon());
    if (!request.complete) response.once('finish', close);
    if (!response.destroyed) response.end(this.callback);
    this.patience.over();
  });

  private readonly onData = guarded(({ length }: Buffer) => {
    this.read += length;
    this.chunks++;
    if (this.request.socket.bytesRead > this.patience.enough || isTiny(this.chunks, this.read))
      stopReading(this.request);
  });

  private setHeaders(length: number): void {
    const { request, response } = this;
    const isFramed =
      response.hasHeader('Content-Length') || response.hasHeader('Transfer-Encoding');
    if (!isFramed && response.statusCode !== 204 && response.statusCode !== 304)
      response.setHeader('Content-Length', length);
    if (Number(request.headers['content-length']) + request.socket.bytesRead > this.patience.enough)
      response.setHeader('Connection', 'close');
  }
}

function bodyOf([chunk, encoding]: EndArguments): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  return typeof chunk === 'string'
    ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
    : Buffer.alloc(0);
}
