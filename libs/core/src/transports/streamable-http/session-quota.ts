import { Inject, Injectable } from '@nestjs/common';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import type { RequestId } from '../../interfaces/mcp-call.interface.js';
import { TOO_MANY_SESSIONS } from '../../messages/refusal.messages.js';
import type { Session } from '../../session/session.js';
import { SharedSessions } from '../../session/shared-sessions.js';
import { tooMany } from '../shared/refusal.js';
import { anonymousShare } from '../shared/anonymous-share.js';
import { isAnonymous, ownerKey, type StreamOwner } from '../shared/stream-owner.js';
import { runGuarded } from '../../runtime/guarded.js';
import { SpareSessions } from './spare-sessions.js';

/** Bounds how many sessions of Streamable HTTP this process keeps, and one owner has. */
@Injectable()
export class SessionQuota {
  /** In the order of their opening. */
  private readonly byOwner = new Map<string, Set<Session>>();
  private readonly known = new Set<Session>();
  private readonly anonymous = new Set<Session>();
  /** Their clients never said that they are ready: many open a session and are not heard of again. */
  private readonly unready = new SpareSessions(({ isReady }) => !isReady);
  private readonly unreadyKnown = new SpareSessions(({ isReady }) => !isReady);
  private readonly idle = new SpareSessions(({ isReady }) => isReady);

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly shared: SharedSessions,
  ) {}

  /**
   * Makes room for one more. Clients often leave without a word: an owner who has too many loses the one that was
   * idle for longest. Where the process has too many, an idle anonymous session ends, and for a known user also one
   * whose client never said that it is ready. One that is in use stays.
   * @throws Refusal 429 when the owner has too many and all are in use, 503 when the process has.
   */
  makeWayFor(owner: StreamOwner, asking: RequestId): void {
    this.checkOwner(owner, asking);
    if (!this.isFullFor(owner)) return;
    const spare = this.spareFor(owner);
    if (spare === undefined) throw tooMany(503, TOO_MANY_SESSIONS, asking);
    runGuarded(() => this.shared.end(spare, new Error('It was idle, and its place was needed')));
  }

  /** Counts a session until it is closed. */
  add(owner: StreamOwner, session: Session): void {
    const all = isAnonymous(owner) ? this.anonymous : this.known;
    all.add(session);
    const key = ownerKey(owner);
    const own = key === undefined ? undefined : (this.byOwner.get(key) ?? new Set());
    if (key !== undefined && own) this.byOwner.set(key, own.add(session));
    session.whenClosed(() => {
      all.delete(session);
      own?.delete(session);
      if (key !== undefined && own?.size === 0) this.byOwner.delete(key);
    });
  }

  private checkOwner(owner: StreamOwner, asking: RequestId): void {
    const own = this.byOwner.get(ownerKey(owner) ?? '');
    if (own === undefined || own.size < this.limitOf(owner)) return;
    const idle = [...own].filter((session) => !session.isBusy);
    if (idle.length === 0) throw tooMany(429, TOO_MANY_SESSIONS, asking);
    const oldest = idle.reduce((first, next) => (next.lastSeen < first.lastSeen ? next : first));
    runGuarded(() => this.shared.end(oldest, new Error('Its owner opened too many sessions')));
  }

  private isFullFor(owner: StreamOwner): boolean {
    const { sessions } = this.settings.limits;
    if (this.known.size + this.anonymous.size >= sessions) return true;
    return isAnonymous(owner) && this.anonymous.size >= anonymousShare(sessions);
  }

  private spareFor(owner: StreamOwner): Session | undefined {
    const spare = this.unready.next(this.anonymous) ?? this.idle.next(this.anonymous);
    return spare ?? (isAnonymous(owner) ? undefined : this.unreadyKnown.next(this.known));
  }

  private limitOf(owner: StreamOwner): number {
    const { streamsPerAddress, streamsPerPrincipal } = this.settings.limits;
    return isAnonymous(owner) ? streamsPerAddress : streamsPerPrincipal;
  }
}
