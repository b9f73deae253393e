import type { JsonObject } from '../../interfaces/json.js';
import type { McpCall, RequestId } from '../../interfaces/mcp-call.interface.js';
import { isJsonObject } from '../../interfaces/json.js';
import { isRequestId } from '../../protocol/json-rpc.js';
import { TokenBucket } from './token-bucket.js';
import { type Deadline, deadlines } from '../../runtime/deadlines.js';

/**
 * Tells the progress of one call: values that rise (2025-11-25 progress, Behavior Requirements), and no more
 * of them in a second than a client can make use of. One that comes too soon waits, and a later one takes its
 * place; the last one is told in any case, ahead of the answer.
 */
export class ThrottledProgress {
  private last = Number.NEGATIVE_INFINITY;
  private held: JsonObject | undefined;
  private next: Deadline | undefined;
  private isPartingHeard = false;
  private readonly bucket: TokenBucket;

  constructor(
    private readonly call: McpCall,
    private readonly progressToken: RequestId,
    perSecond: number,
  ) {
    this.bucket = new TokenBucket(perSecond);
  }

  report(progress: number, total?: number, message?: string): void {
    // JSON has no Infinity, and would say `null`.
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
    if (this.isPartingHeard) return;
    this.isPartingHeard = true;
    this.call.beforeAnswer(() => this.flush());
  }

  private flush(): void {
    this.next?.stop();
    if (this.held) this.call.notify('notifications/progress', this.held);
    this.held = undefined;
  }
}

/** The token that a client gave for the progress of a call, with its type; undefined where it wants none. */
export function progressTokenOf({ params }: McpCall): RequestId | undefined {
  const { _meta: meta } = params;
  const token = isJsonObject(meta) ? meta.progressToken : undefined;
  return isRequestId(token) ? token : undefined;
}
