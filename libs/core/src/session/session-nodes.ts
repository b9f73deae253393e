import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { BackplaneHandlers, NodeId } from '../interfaces/backplane/backplane.interface.js';
import type { BusEvent, Envelope } from '../interfaces/backplane/envelope.interface.js';
import type { JointBackplane } from '../backplane/joint-backplane.js';
import type { FoundSession } from '../interfaces/backplane/session-directory.interface.js';
import type { RequestId } from '../interfaces/mcp-call.interface.js';
import type { McpSettings } from '../interfaces/mcp-settings.interface.js';
import { MCP_BACKPLANE, MCP_SERVER, MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { BACKPLANE_FAILED } from '../messages/log.messages.js';
import { ListChanges, type ListKind } from '../registry/list-changes.js';
import { OpenStreams } from './open-streams.js';
import type { Session } from './session.js';
import { recordOf, restoreTo } from './session-record.js';
import { SessionRegistry } from './session.registry.js';

/** Parts of the idle time after which a session that is used is put down as alive again. */
const TOUCHES = 4;

/**
 * This server's sessions among those of all nodes: a session opened elsewhere is served here, and what
 * happens to one is told to whoever else may have it.
 */
@Injectable()
export class SessionNodes implements OnModuleInit {
  private readonly logger = new Logger('McpModule');
  private readonly touched = new WeakMap<Session, number>();
  private hasFailed = false;
  private isHearing = false;
  private hasLeft = false;
  private readonly handlers: BackplaneHandlers = {
    onEnvelope: (envelope) => this.take(envelope),
    onBus: (event) => this.hear(event),
    onGap: () => void this.streams.endAll(),
  };

  constructor(
    @Inject(MCP_BACKPLANE) private readonly joint: JointBackplane,
    @Inject(MCP_SERVER) private readonly server: string,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly sessions: SessionRegistry,
    private readonly streams: OpenStreams,
    private readonly changes: ListChanges,
  ) {
    changes.subscribe((feature) => {
      if (!this.isHearing) void this.tellChange(feature);
    });
  }

  get nodeId(): NodeId {
    return this.joint.plane.nodeId;
  }

  async onModuleInit(): Promise<void> {
    await this.joint.join(this.handlers, (error) => this.failed(error));
  }

  /** From now on nobody is told anything. */
  async leave(): Promise<void> {
    this.hasLeft = true;
    await this.joint.leave(this.handlers);
  }

  /**
   * A session of this server, wherever it was opened; undefined for an unknown one, and for one whose
   * stream is held by a node that is gone.
   * @throws BackplaneUnavailableError when it is not known here, and nobody can be asked.
   */
  async find(id: string): Promise<Session | undefined> {
    const known = this.sessions.get(id);
    if (known) {
      this.keepAlive(known);
      return known;
    }
    const found = await this.joint.plane.sessions.get(id);
    return found && this.isServed(found) ? this.adopt(found) : undefined;
  }

  /** Puts a session down for all nodes, and has those that know it look again. */
  async publish(session: Session): Promise<void> {
    await this.tried(async () => {
      await this.put(session);
      await this.joint.plane.broadcast({ kind: 'changed', sid: session.id });
    });
  }

  /** Ends a session everywhere: what it has running is aborted, and its events are forgotten. */
  async end(session: Session, reason: Error): Promise<void> {
    this.sessions.close(session, reason);
    await this.tried(async () => {
      const { sessions, log } = this.joint.plane;
      await sessions.remove(session.id);
      await this.joint.plane.broadcast({ kind: 'close', sid: session.id });
      await log?.remove(session.id);
    });
  }

  /** Has whichever node runs it give a call up. */
  async cancel({ id, principal }: Session, requestId: RequestId, reason?: string): Promise<void> {
    const cancel = { kind: 'cancel', sid: id, ph: principal, requestId } as const;
    await this.tried(() =>
      this.joint.plane.broadcast({ ...cancel, ...(reason !== undefined && { reason }) }),
    );
  }

  /** Sends a message to the client of a session whose stream another node holds. */
  async deliver(session: Session, data: string): Promise<void> {
    const { id: sid, principal: ph, holder } = session;
    if (holder === undefined) return;
    const envelope: Envelope = {
      v: 1,
      id: randomUUID(),
      kind: 'deliver',
      sid,
      ph,
      server: this.server,
      data,
    };
    const { signal } = new AbortController();
    const isGone = await this.tried(
      async () => (await this.joint.plane.send(holder, envelope, { signal })) === 'gone',
    );
    if (isGone === true) this.sessions.close(session, new Error('The client left'));
  }

  private async tellChange(feature: ListKind): Promise<void> {
    const { server } = this;
    await this.tried(() => this.joint.plane.broadcast({ kind: 'list_changed', server, feature }));
  }

  /** Lets a session that is in use live on in the directory; to be called often, does little mostly. */
  keepAlive(session: Session): void {
    const { sessionIdleMs } = this.settings.limits;
    const last = this.touched.get(session) ?? 0;
    if (Date.now() - last < sessionIdleMs / TOUCHES) return;
    this.touched.set(session, Date.now());
    void this.tried(async () => {
      const isKnown = await this.joint.plane.sessions.touch(session.id, sessionIdleMs);
      if (!isKnown) await this.put(session);
    });
  }

  private async put(session: Session): Promise<void> {
    this.touched.set(session, Date.now());
    const record = recordOf(session, this.server);
    await this.joint.plane.sessions.put(record, this.settings.limits.sessionIdleMs);
  }

  private isServed({ record, holderAlive }: FoundSession): boolean {
    const isOurs = record.server === this.server;
    return isOurs && (record.transport === 'streamable-http' || holderAlive);
  }

  private adopt({ record }: FoundSession): Session {
    const session =
      this.sessions.get(record.id) ?? this.sessions.open({ ...record, holder: record.holder });
    restoreTo(session, record);
    this.touched.set(session, Date.now());
    return session;
  }

  private take(envelope: Envelope): void {
    const session = this.sessions.get(envelope.sid);
    // An envelope is no proof of anything: only what fits the session is acted on.
    if (session?.principal !== envelope.ph || envelope.server !== this.server) return;
    if (envelope.kind === 'deliver') session.deliver(envelope.data);
    if (envelope.kind === 'close') this.sessions.close(session, new Error('The session was ended'));
  }

  private hear(event: BusEvent): void {
    if (event.kind === 'list_changed') {
      if (event.server === this.server && event.feature === 'tools') this.hearChange();
      return;
    }
    const session = this.sessions.get(event.sid);
    if (session === undefined) return;
    if (event.kind === 'close') this.sessions.close(session, new Error('The session was ended'));
    else if (event.kind === 'changed') void this.refresh(session);
    else if (event.ph === session.principal)
      session.cancel(event.requestId, new Error(event.reason ?? 'The client cancelled the call'));
  }

  /** What another node told is told to the clients of this one, and not to all nodes once more. */
  private hearChange(): void {
    this.isHearing = true;
    this.changes.emit('tools');
    this.isHearing = false;
  }

  private async refresh(session: Session): Promise<void> {
    const found = await this.tried(() => this.joint.plane.sessions.get(session.id));
    if (found) restoreTo(session, found.record);
  }

  /** What is told to others is no reason to fail here: this node goes on with what it has. */
  private async tried<Result>(act: () => Promise<Result>): Promise<Result | undefined> {
    if (this.hasLeft) return undefined;
    try {
      const result = await act();
      this.hasFailed = false;
      return result;
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  private failed(error: unknown): void {
    if (!this.hasFailed)
      this.logger.warn(BACKPLANE_FAILED(error instanceof Error ? error.message : String(error)));
    this.hasFailed = true;
  }
}
