import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { SharedSessions } from './shared-sessions.js';
import { SessionRegistry } from './session.registry.js';
import { type Deadline, deadlines } from '../runtime/deadlines.js';
import { runGuarded } from '../runtime/guarded.js';

/** How often idle sessions are looked for within the idle time. A session may expire late by that fraction. */
const SWEEPS = 10;

/**
 * Closes sessions that are idle, and keeps sessions alive that are in use without requests: a session with an open
 * stream is never idle.
 */
@Injectable()
export class SessionExpiry implements OnModuleDestroy {
  private readonly sweeping: Deadline;

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly sessions: SessionRegistry,
    private readonly shared: SharedSessions,
  ) {
    const everyMs = settings.limits.sessionIdleMs / SWEEPS;
    this.sweeping = deadlines.every(everyMs, () => this.sweep()).unref();
  }

  onModuleDestroy(): void {
    this.sweeping.stop();
  }

  private sweep(): void {
    const idleSince = deadlines.now() - this.settings.limits.sessionIdleMs;
    for (const session of this.sessions.all()) {
      if (session.isBusy) this.shared.keepAlive(session);
      else if (session.lastSeen <= idleSince) runGuarded(() => this.shared.expire(session));
    }
  }
}
