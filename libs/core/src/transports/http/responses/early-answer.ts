import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Deadline, deadlines } from '../../../runtime/deadlines.js';
import { guarded } from '../../../runtime/guarded.js';
import { isTiny, stopReading } from './chunk-size.js';

/** The arguments of `ServerResponse.end()`, in any of its forms. */
export type EndArguments = readonly unknown[];

/** How long a response waits for the rest of its request. */
export interface Patience {
  /** The `bytesRead` of the connection from which on it is not read any more. */
  readonly readLimit: number;
  readonly patienceMs: number;
  /** Called when the wait is over. */
  over(): void;
}

/** An answer that is sent before its request has ended. The response ends when the request does. */
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

  /** Sends the head and the body, but does not end the response yet. */
  send(args: EndArguments): void {
    const { response } = this;
    const body = bodyOf(args);
    this.callback = args.find((arg): arg is () => void => typeof arg === 'function');
    if (!response.headersSent) this.setHeaders(body.length);
    if (body.length > 0) response.write(body);
    else response.flushHeaders();
    // Frameworks read this to find out whether the request was answered.
    Object.defineProperty(response, 'writableEnded', { value: true, configurable: true });
    // The reader of the body has paused the request if it must not be read any further.
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
    if (this.request.socket.bytesRead > this.patience.readLimit || isTiny(this.chunks, this.read))
      stopReading(this.request);
  });

  private setHeaders(length: number): void {
    const { request, response } = this;
    const isFramed =
      response.hasHeader('Content-Length') || response.hasHeader('Transfer-Encoding');
    if (!isFramed && response.statusCode !== 204 && response.statusCode !== 304)
      response.setHeader('Content-Length', length);
    if (
      Number(request.headers['content-length']) + request.socket.bytesRead >
      this.patience.readLimit
    )
      response.setHeader('Connection', 'close');
  }
}

function bodyOf([chunk, encoding]: EndArguments): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  return typeof chunk === 'string'
    ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
    : Buffer.alloc(0);
}
