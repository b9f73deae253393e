import type { CallOutlet } from '../../../session/call-outlet.interface.js';
import type { RawResponse } from '../../http/responses/raw-response.js';
import type { EventSink } from './event-sink.js';
import { type Deadline, deadlines } from '../../../runtime/deadlines.js';

/** Answers of a batch that are held for the list, in bytes: beyond, each goes out as soon as it is there. */
const LONGEST_LIST = 1024 * 1024;

/** How a POST is answered. */
export interface PostTerms {
  /** A client that waits longer than this for an answer gets a stream, and keep-alive comments on it. */
  readonly keepAliveMs: number;
  /** Requests in the POST. */
  readonly requests: number;
  /** True when their answers go out as one list (2025-03-26 transports). */
  readonly isBatch: boolean;
  /** HTTP status of an answer that is not streamed. */
  readonly statusOf: (errorCode: number | undefined) => number;
  /** Whether the client comes back when its connection is ended, and there is something to come back to. */
  readonly canRelease: boolean;
  /** A client that is to come back waits that long, where the call does not say. */
  readonly retryMs: number;
  readonly openStream: (response: RawResponse) => EventSink;
}

/**
 * Answers the requests of one POST: with JSON, or with an event stream as soon as there is something to
 * say before the answer (2025-11-25 transports, Sending Messages to the Server).
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
    this.keepAlive = deadlines.every(terms.keepAliveMs, () => this.stillThere());
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

  /** The answer becomes a stream if it is none yet: the client needs an id to come back with. */
  async release(retryMs: number | undefined): Promise<boolean> {
    if (!this.terms.canRelease || this.left === 0 || !this.response.isOpen) return false;
    return (await this.stream().release?.(retryMs ?? this.terms.retryMs)) === true;
  }

  /** What waits for the other answers of its batch is counted as what waits for the client. */
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
    // Not held as well while a slow client reads them.
    const answers = this.answers.splice(0);
    const [first] = answers;
    if (this.sink) this.sink.end(last);
    // Nobody waits for an answer, and there is none: a stream without events is the one thing that says so.
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

  private stillThere(): void {
    this.stream();
    this.response.keepAlive();
  }
}
