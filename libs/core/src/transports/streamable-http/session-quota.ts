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

/** Limits how many sessions of Streamable HTTP may be open, in this process and for each owner. */
@Injectable()
export class SessionQuota {
  /** Sessions by owner key, in the order in which they were opened. */
  private readonly byOwner = new Map<string, Set<Session>>();
  private readonly known = new Set<Session>();
  private readonly anonymous = new Set<Session>();
  /**
   * Sessions whose clients have not sent `notifications/initialized`. Many clients open a session and never
   * use it.
   */
  private readonly unready = new SpareSessions(({ isReady }) => !isReady);
  private readonly unreadyKnown = new SpareSessions(({ isReady }) => !isReady);
  private readonly idle = new SpareSessions(({ isReady }) => isReady);

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly shared: SharedSessions,
  ) {}

  /**
   * Makes sure that the owner may open one more session. Clients often leave without ending their session, so
   * an idle session is ended when a limit is exceeded. If the owner has too many sessions, its session that
   * was idle longest ends. If the process has too many, an idle anonymous session ends; for a known user, if
   * there is none, an idle session of a known user whose client never became ready. A session in use is never
   * ended.
   * @throws Refusal 429 when the owner has too many sessions and all are in use, 503 when the process has too
   * many
   */
  admit(owner: StreamOwner, asking: RequestId): void {
    this.checkOwner(owner, asking);
    if (!this.isFullFor(owner)) return;
    const spare = this.spareFor(owner);
    if (spare === undefined) throw tooMany(503, TOO_MANY_SESSIONS, asking);
    runGuarded(() =>
      this.shared.end(
        spare,
        new Error('The session was idle, and the limit of sessions was reached'),
      ),
    );
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
