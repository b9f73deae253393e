import { Inject, Injectable } from '@nestjs/common';
import type { RequestId } from '../../interfaces/mcp-call.interface.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { TOO_MANY_CALLS_AT_ONCE } from '../../messages/refusal.messages.js';
import { anonymousShare } from './anonymous-share.js';
import { KeyedCounter } from './keyed-counter.js';
import { tooMany } from './refusal.js';
import { isAnonymous, ownerKey, type StreamOwner } from './stream-owner.js';

/**
 * Limits how many calls run over HTTP, in the process and for each owner, on all transports and revisions. A
 * call counts until its handler has ended, even if its client has left: otherwise a client could leave to
 * avoid the limit.
 */
@Injectable()
export class CallQuota {
  private readonly byOwner: KeyedCounter;
  private total = 0;
  private anonymous = 0;

  constructor(@Inject(MCP_SETTINGS) private readonly settings: McpSettings) {
    this.byOwner = new KeyedCounter(settings.limits.callsPerPrincipal);
  }

  /**
   * @param calls how many calls the owner wants to start
   * @throws Refusal 503 when the process has too many calls, 429 when the owner has too many
   */
  check(owner: StreamOwner, calls: number, asking?: RequestId): void {
    const { calls: limit } = this.settings.limits;
    const isFull =
      this.total + calls > limit ||
      (isAnonymous(owner) && this.anonymous + calls > anonymousShare(limit));
    if (isFull) throw tooMany(503, TOO_MANY_CALLS_AT_ONCE, asking);
    if (this.byOwner.isFull(ownerKey(owner), calls))
      throw tooMany(429, TOO_MANY_CALLS_AT_ONCE, asking);
  }

  /** Counts one more call. The returned function removes it from the count. */
  enter(owner: StreamOwner): () => void {
    const leave = this.byOwner.enter(ownerKey(owner));
    const share = isAnonymous(owner) ? 1 : 0;
    this.total++;
    this.anonymous += share;
    return () => {
      this.total--;
      this.anonymous -= share;
      leave();
    };
  }
}
