import type { CallOutlet } from '../../../session/call-outlet.interface.js';
import type { RawResponse } from '../../http/responses/raw-response.js';
import type { EventSink } from './event-sink.js';
import { type Deadline, deadlines } from '../../../runtime/deadlines.js';

/** Answers of a batch that wait for the list, in bytes. Beyond this, each answer is sent as soon as it is ready. */
const LONGEST_LIST = 1024 * 1024;

/** How a POST is answered. */
export interface PostTerms {
  /**
   * Time in milliseconds after which a client that still waits for an answer gets a stream, with keep-alive
   * comments.
   */
  readonly keepAliveMs: number;
  /** Number of requests in the POST. */
  readonly requests: number;
  /** True if their answers are sent as one list (2025-03-26 transports). */
  readonly isBatch: boolean;
  /** HTTP status of an answer that is not streamed. */
  readonly statusOf: (errorCode: number | undefined) => number;
  /** Whether the client reconnects when its connection is ended, and can resume its stream then. */
  readonly canRelease: boolean;
  /** Time that a client waits before it reconnects, in milliseconds, unless the call sets another. */
  readonly retryMs: number;
  readonly openStream: (response: RawResponse) => EventSink;
}

/**
 * Answers the requests of one POST: with JSON, or with an event stream as soon as there is a message before
 * the answer (2025-11-25 transports, Sending Messages to the Server).
 */
export class PostResponse implements CallOutlet {
  private readonly answers: string[] = [];
  private sink: EventSink | undefined;
  private left: number;
  private status = 200;
  private held = 0;
  private readonly keepAlive: Deadline;

  constructor(
    private readonly response: RawResponse,
    private readonly terms: PostTerms,
  ) {
    this.left = terms.requests;
    this.keepAlive = deadlines.every(terms.keepAliveMs, () => this.sendKeepAlive()).unref();
    response.onClose(() => this.keepAlive.stop());
  }

  notify(message: string): void {
    this.stream().write(message);
  }

  request(message: string): void {
    this.stream().write(message);
  }

  hasCapacity(bytes: number): boolean {
    return this.response.hasCapacity(bytes);
  }

  answer(message: string, errorCode?: number): void {
    this.left--;
    this.status = this.terms.statusOf(errorCode);
    if (this.sink === undefined) this.keep(message);
    else if (this.left > 0) this.sink.write(message);
    if (this.left === 0) this.finish(message);
  }

  abandon(): void {
    if (--this.left === 0) this.finish(undefined);
  }

  /**
   * Turns the response into a stream, if it is not one yet, so that the client has an id to resume from. Then
   * ends the connection.
   */
  async release(retryMs: number | undefined): Promise<boolean> {
    if (!this.terms.canRelease || this.left === 0 || !this.response.isOpen) return false;
    return (await this.stream().release?.(retryMs ?? this.terms.retryMs)) === true;
  }

  /** An answer that waits for the others of its batch counts as output that waits for the client. */
  private keep(message: string): void {
    this.answers.push(message);
    if (this.left === 0) return;
    const bytes = Buffer.byteLength(message);
    this.held += bytes;
    this.response.hold(bytes);
    if (this.held > LONGEST_LIST) this.stream();
  }

  private finish(last: string | undefined): void {
    this.keepAlive.stop();
    this.letGo();
    // Removed, so that they are not in memory a second time while a slow client reads them.
    const answers = this.answers.splice(0);
    const [first] = answers;
    if (this.sink) this.sink.end(last);
    // All calls were abandoned, so there is no answer. An empty stream is the only response that fits.
    else if (first === undefined) this.endEmpty();
    else if (this.terms.isBatch) this.response.send(200, `[${answers.join(',')}]`);
    else this.response.send(this.status, first);
  }

  private letGo(): void {
    this.response.letGo(this.held);
    this.held = 0;
  }

  private endEmpty(): void {
    this.response.stream();
    this.response.end();
  }

  private stream(): EventSink {
    if (this.sink) return this.sink;
    this.sink = this.terms.openStream(this.response);
    this.letGo();
    for (const message of this.answers.splice(0)) this.sink.write(message);
    return this.sink;
  }

  private sendKeepAlive(): void {
    this.stream();
    this.response.keepAlive();
  }
}
