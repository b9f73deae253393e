import type { IncomingMessage } from 'node:http';
import { BODY_IN_TINY_CHUNKS, BODY_TOO_LARGE } from '../../../messages/refusal.messages.js';
import type { GrowingBytes } from '../../../runtime/growing-bytes.js';
import type { BodyLease } from '../quotas/body-quota.js';
import { isTiny, stopReading } from '../responses/chunk-size.js';
import { CLOSE, Refusal } from '../../shared/refusal.js';

/** A body whose limits are checked with each chunk. */
export class CountedBody {
  private chunks = 0;

  constructor(
    private readonly request: IncomingMessage,
    private readonly bytes: GrowingBytes,
    private readonly limit: number,
    private readonly lease: BodyLease,
  ) {}

  /**
   * @throws Refusal 413 when the body exceeds the limit, 400 when it comes in tiny chunks, 503 when the
   * memory is used up
   */
  append(chunk: Buffer): void {
    const size = this.bytes.length + chunk.length;
    if (size > this.limit) throw new Refusal(413, BODY_TOO_LARGE, CLOSE);
    this.chunks++;
    if (isTiny(this.chunks, size)) {
      stopReading(this.request);
      throw new Refusal(400, BODY_IN_TINY_CHUNKS, CLOSE);
    }
    this.lease.grow(this.bytes.capacityWith(chunk.length));
    this.bytes.append(chunk);
  }

  take(): Buffer {
    return this.bytes.take();
  }
}
