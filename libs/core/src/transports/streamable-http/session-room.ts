import { Inject, Injectable } from '@nestjs/common';
import type { McpSettings } from '../../interfaces/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import type { RequestId } from '../../interfaces/mcp-call.interface.js';
import { TOO_MANY_SESSIONS } from '../../messages/refusal.messages.js';
import type { Session } from '../../session/session.js';
import { SessionNodes } from '../../session/session-nodes.js';
import { tooMany } from '../http/refusal.js';
import { isAnonymous, ownerKey, type StreamOwner } from '../http/stream-owner.js';
import { runGuarded } from '../../runtime/guarded.js';

/** Bounds how many sessions of Streamable HTTP this process keeps, and one owner has. */
@Injectable()
export class SessionRoom {
  /** In the order of their opening. */
  private readonly byOwner = new Map<string, Set<Session>>();
  private size = 0;

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly nodes: SessionNodes,
  ) {}

  /**
   * Makes room for one more. Clients often leave without a word: an owner who has too many loses the
   * one that was idle for longest, and nobody else's is touched.
   * @throws Refusal 503 when the process has too many, 429 when the owner has and all are in use.
   */
  make(owner: StreamOwner, asking: RequestId): void {
    if (this.size >= this.settings.limits.sessions) throw tooMany(503, TOO_MANY_SESSIONS, asking);
    const own = this.byOwner.get(ownerKey(owner) ?? '');
    if (own === undefined || own.size < this.limitOf(owner)) return;
    const idle = [...own].filter((session) => !session.isBusy);
    if (idle.length === 0) throw tooMany(429, TOO_MANY_SESSIONS, asking);
    const oldest = idle.reduce((first, next) => (next.lastSeen < first.lastSeen ? next : first));
    runGuarded(() => this.nodes.end(oldest, new Error('Its owner opened too many sessions')));
  }

  /** Counts a session until it is closed. */
  add(owner: StreamOwner, session: Session): void {
    this.size++;
    const key = ownerKey(owner);
    const own = key === undefined ? undefined : (this.byOwner.get(key) ?? new Set());
    if (key !== undefined && own) this.byOwner.set(key, own.add(session));
    session.whenClosed(() => {
      this.size--;
      own?.delete(session);
      if (key !== undefined && own?.size === 0) this.byOwner.delete(key);
    });
  }

  private limitOf(owner: StreamOwner): number {
    const { streamsPerAddress, streamsPerPrincipal } = this.settings.limits;
    return isAnonymous(owner) ? streamsPerAddress : streamsPerPrincipal;
  }
}
