import { Inject, Injectable } from '@nestjs/common';
import { Observable } from 'rxjs';
import type { McpSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../../interfaces/mcp.tokens.js';
import type { RequestId } from '../../../interfaces/mcp-call.interface.js';
import { TOO_MANY_STREAMS } from '../../../messages/refusal.messages.js';
import { anonymousShare } from '../../shared/anonymous-share.js';
import { KeyedCounter } from '../../shared/keyed-counter.js';
import { tooMany } from '../../shared/refusal.js';
import { isAnonymous, ownerKey, type StreamOwner } from '../../shared/stream-owner.js';

/** Limits how many event streams may be open, in the process and for each owner. */
@Injectable()
export class StreamQuota {
  private readonly byAddress: KeyedCounter;
  private readonly byPrincipal: KeyedCounter;
  private open = 0;
  private anonymous = 0;

  constructor(@Inject(MCP_SETTINGS) private readonly settings: McpSettings) {
    this.byAddress = new KeyedCounter(settings.limits.streamsPerAddress);
    this.byPrincipal = new KeyedCounter(settings.limits.streamsPerPrincipal);
  }

  /** @throws Refusal 503 when the process has too many streams, 429 when the owner has too many */
  check(owner: StreamOwner, asking?: RequestId): void {
    const { streams } = this.settings.limits;
    const isFull =
      this.open >= streams || (isAnonymous(owner) && this.anonymous >= anonymousShare(streams));
    if (isFull) throw tooMany(503, TOO_MANY_STREAMS, asking);
    if (this.counterOf(owner).isFull(ownerKey(owner))) throw tooMany(429, TOO_MANY_STREAMS, asking);
  }

  /** Counts one more stream. The returned function removes it from the count. */
  enter(owner: StreamOwner): () => void {
    const leave = this.counterOf(owner).enter(ownerKey(owner));
    const share = isAnonymous(owner) ? 1 : 0;
    this.open++;
    this.anonymous += share;
    return () => {
      this.open--;
      this.anonymous -= share;
      leave();
    };
  }

  /** Returns a stream that counts for as long as it has a subscriber. */
  counted<Event>(owner: StreamOwner, stream: Observable<Event>): Observable<Event> {
    return new Observable((to) => {
      const leave = this.enter(owner);
      const reading = stream.subscribe(to);
      return () => {
        reading.unsubscribe();
        leave();
      };
    });
  }

  private counterOf(owner: StreamOwner): KeyedCounter {
    return isAnonymous(owner) ? this.byAddress : this.byPrincipal;
  }
}
