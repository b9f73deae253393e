import type { JsonObject } from '../../interfaces/json.js';
import type { McpCall, RequestId } from '../../interfaces/mcp-call.interface.js';
import { isJsonObject } from '../../interfaces/json.js';
import { isRequestId } from '../../protocol/json-rpc.js';
import { TokenBucket } from './token-bucket.js';
import { type Deadline, deadlines } from '../../runtime/deadlines.js';

/**
 * Sends the progress of one call. Values must increase (2025-11-25 progress, Behavior Requirements), and are sent at a
 * limited rate. A value beyond the rate waits, and a newer one replaces it. The last value is always sent, ahead of
 * the result.
 */
export class ThrottledProgress {
  private last = Number.NEGATIVE_INFINITY;
  private held: JsonObject | undefined;
  private next: Deadline | undefined;
  private isFlushedAtEnd = false;
  private readonly bucket: TokenBucket;

  constructor(
    private readonly call: McpCall,
    private readonly progressToken: RequestId,
    perSecond: number,
  ) {
    this.bucket = new TokenBucket(perSecond);
  }

  report(progress: number, total?: number, message?: string): void {
    // JSON cannot represent Infinity or NaN, and would send null.
    if (!Number.isFinite(progress) || progress <= this.last) return;
    this.last = progress;
    this.held = {
      progressToken: this.progressToken,
      progress,
      ...(Number.isFinite(total) && { total }),
      ...(message !== undefined && { message }),
    };
    this.proceed();
  }

  private proceed(): void {
    if (this.bucket.take()) this.flush();
    else this.wait();
  }

  private wait(): void {
    if (this.next?.isOver === false) return;
    this.next = deadlines.after(this.bucket.pauseMs, () => this.proceed()).unref();
    if (this.isFlushedAtEnd) return;
    this.isFlushedAtEnd = true;
    this.call.beforeAnswer(() => this.flush());
  }

  private flush(): void {
    this.next?.stop();
    if (this.held) this.call.notify('notifications/progress', this.held);
    this.held = undefined;
  }
}

/** The progress token of a call, a string or a number; undefined if the client did not ask for progress. */
export function progressTokenOf({ params }: McpCall): RequestId | undefined {
  const { _meta: meta } = params;
  const token = isJsonObject(meta) ? meta.progressToken : undefined;
  return isRequestId(token) ? token : undefined;
}
