import type { CallOutlet } from '../../../session/call-outlet.interface.js';
import type { RawResponse } from '../../http/responses/raw-response.js';
import type { PostTerms } from './post-response.js';

/** Answers the requests of one POST with JSON. Messages that come before the answers are dropped. */
export class JsonResponse implements CallOutlet {
  private readonly answers: string[] = [];
  private left: number;
  private status = 200;
  private held = 0;

  constructor(
    private readonly response: RawResponse,
    private readonly terms: Pick<PostTerms, 'requests' | 'isBatch' | 'statusOf'>,
  ) {
    this.left = terms.requests;
  }

  notify(): void {}

  hasCapacity(bytes: number): boolean {
    return this.response.hasCapacity(bytes);
  }

  answer(message: string, errorCode?: number): void {
    this.answers.push(message);
    this.keep(Buffer.byteLength(message));
    this.status = this.terms.statusOf(errorCode);
    this.settle();
  }

  abandon(): void {
    this.settle();
  }

  /** An answer that waits for the others of its batch counts as output that waits for the client. */
  private keep(bytes: number): void {
    this.held += bytes;
    this.response.hold(bytes);
  }

  private settle(): void {
    if (--this.left > 0) return;
    this.response.letGo(this.held);
    const [first] = this.answers;
    // All calls were abandoned, so there is no answer.
    if (first === undefined) this.response.send(202);
    else if (this.terms.isBatch) this.response.send(200, `[${this.answers.join(',')}]`);
    else this.response.send(this.status, first);
  }
}
