import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { NodeId } from '../interfaces/backplane/backplane.interface.js';
import type { Envelope } from '../interfaces/backplane/envelope.interface.js';
import type {
  FoundSession,
  SessionRecord,
} from '../interfaces/backplane/session-directory.interface.js';
import type { RequestId } from '../interfaces/mcp-call.interface.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import { MCP_SERVER, MCP_SETTINGS } from '../interfaces/mcp.tokens.js';
import { type JsonRpcResponse, responseMessage } from '../protocol/json-rpc.js';
import { BackplaneConnection } from './backplane-connection.js';
import { nodeOf } from './outgoing-requests.js';
import type { Session } from './session.js';
import { isShared, recordOf, restoreTo, type SharedSession } from './session-record.js';
import { SessionRegistry } from './session.registry.js';
import { deadlines } from '../runtime/deadlines.js';
import { runGuarded } from '../runtime/guarded.js';

/** Parts of the idle time after which a session that is used is put down as alive again. */
const TOUCHES = 4;
/** A session whose stream another node holds is taken for alive that long, before the directory is asked again. */
const TRUSTED_MS = 1_000;
/** A time so long ago that it is as good as none. */
const NEVER = Number.NEGATIVE_INFINITY;

/**
 * This server's sessions among those of all nodes: a session opened elsewhere is served here, and what
 * happens to one is told to whoever else may have it.
 */
@Injectable()
export class SharedSessions {
  private readonly touched = new WeakMap<Session, number>();
  private readonly looked = new WeakMap<Session, number>();

  constructor(
    private readonly backplane: BackplaneConnection,
    @Inject(MCP_SERVER) private readonly server: string,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly sessions: SessionRegistry,
  ) {}

  get nodeId(): NodeId {
    return this.backplane.nodeId;
  }

  /**
   * A session of this server, wherever it was opened; undefined for an unknown one, and for one whose
   * stream is held by a node that is gone.
   * @throws BackplaneUnavailableError when it is not known here, and nobody can be asked.
   */
  async find(id: string): Promise<Session | undefined> {
    const known = this.sessions.get(id);
    if (known && this.isSure(known)) return known;
    const found = await this.backplane.ask((plane) => plane.sessions.get(id));
    if (found && this.isServed(found)) return this.adopt(found.record);
    if (known) this.sessions.close(known, new Error('The client left'));
    return undefined;
  }

  /** A session that this process knows, whoever asks. */
  known(id: string): Session | undefined {
    return this.sessions.get(id);
  }

  /**
   * What the directory has of a session of this server, which is not served here for that; undefined also where
   * the directory does not answer.
   */
  async look(id: string): Promise<SessionRecord | undefined> {
    const found = await this.backplane.attempt((plane) => plane.sessions.get(id));
    return found && this.isServed(found) ? found.record : undefined;
  }

  /** Puts a session down that nobody else knows yet, so that its next request may come to any node. */
  async register(session: Session): Promise<void> {
    if (!isShared(session)) return;
    await this.backplane.attempt(() => this.put(session));
  }

  /** Puts a session down as it is now, and has those that know it look again. */
  async publish(session: Session): Promise<void> {
    if (!isShared(session)) return;
    await this.backplane.attempt(async (plane) => {
      await this.put(session);
      await plane.broadcast({ kind: 'changed', sid: session.id });
    });
  }

  /** Ends a session everywhere: what it has running is aborted, and its events are forgotten. */
  async end(session: Session, reason: Error): Promise<void> {
    this.sessions.close(session, reason);
    if (!isShared(session)) return;
    await this.backplane.attempt(async (plane) => {
      await plane.sessions.remove(session.id);
      await plane.broadcast({ kind: 'close', sid: session.id });
      await plane.log?.remove(session.id);
    });
  }

  /** Forgets a session that nobody used here; its events go when no node has used it. */
  async expire(session: Session): Promise<void> {
    this.sessions.close(session, new Error('The session expired'));
    await this.backplane.attempt(async ({ sessions, log }) => {
      if ((await sessions.get(session.id)) === undefined) await log?.remove(session.id);
    });
  }

  /** Has whichever node runs it give a call up. */
  async cancel(session: Session, requestId: RequestId, reason: string): Promise<void> {
    if (!isShared(session)) return;
    const { id, principal } = session;
    const named =
      typeof requestId === 'bigint'
        ? { requestId: String(requestId), isWhole: true }
        : { requestId };
    const event = { kind: 'cancel', sid: id, ph: principal, ...named, reason } as const;
    await this.backplane.attempt((plane) => plane.broadcast(event));
  }

  /** Whether a message may wait on the stream of a session; of a stream that another node holds, it is not known. */
  hasCapacity(session: Session, bytes: number): boolean {
    return session.holder !== this.nodeId || session.hasCapacity(bytes);
  }

  /** Sends a message to the client of a session, on the stream that this or another node holds. */
  deliver(session: Session, data: string): void {
    const { holder } = session;
    if (holder === this.nodeId) session.deliver(data);
    else if (holder !== undefined)
      runGuarded(async () => {
        const sent = await this.send(holder, this.envelope('deliver', session, data));
        if (sent === 'gone') this.sessions.close(session, new Error('The client left'));
      });
  }

  /** Hands a client's response to the code that asked, on this node or on the one that the id names. */
  answered(session: Session, response: JsonRpcResponse): void {
    const node = nodeOf(response);
    if (session.answered(response) || node === undefined || node === this.nodeId) return;
    if (!isShared(session)) return;
    const envelope = this.envelope('reply', session, responseMessage(response));
    runGuarded(() => this.send(node, envelope));
  }

  /** Whether another node holds the stream of a session, and so is the one to notify its client of changes. */
  isHeldElsewhere({ holder }: Session): boolean {
    return holder !== undefined && holder !== this.nodeId;
  }

  /** Lets a session that is in use live on in the directory; to be called often, does little mostly. */
  keepAlive(session: Session): void {
    if (!isShared(session)) return;
    const { sessionIdleMs } = this.settings.limits;
    const last = this.touched.get(session) ?? NEVER;
    if (deadlines.now() - last < sessionIdleMs / TOUCHES) return;
    this.touched.set(session, deadlines.now());
    runGuarded(() =>
      this.backplane.attempt(async ({ sessions }) => {
        const isKnown = await sessions.touch(session.id, sessionIdleMs);
        if (!isKnown) await this.put(session);
      }),
    );
  }

  private envelope(kind: Envelope['kind'], session: Session, data: string): Envelope {
    const { id: sid, principal: ph } = session;
    return { v: 1, id: randomUUID(), kind, sid, ph, server: this.server, data };
  }

  private async send(to: NodeId, envelope: Envelope): Promise<'accepted' | 'gone' | undefined> {
    const { signal } = new AbortController();
    return this.backplane.attempt((plane) => plane.send(to, envelope, { signal }));
  }

  private async put(session: SharedSession): Promise<void> {
    this.touched.set(session, deadlines.now());
    const record = recordOf(session, this.server);
    await this.backplane.ask((plane) =>
      plane.sessions.put(record, this.settings.limits.sessionIdleMs),
    );
  }

  /** Whose stream is elsewhere may be over without a word: its node may be gone. */
  private isSure(session: Session): boolean {
    return (
      !this.isHeldElsewhere(session) ||
      deadlines.now() - (this.looked.get(session) ?? NEVER) < TRUSTED_MS
    );
  }

  private isServed({ record, holderAlive }: FoundSession): boolean {
    const isOurs = record.server === this.server;
    return isOurs && (record.transport === 'streamable-http' || holderAlive);
  }

  private adopt(record: SessionRecord): Session {
    const session = this.sessions.get(record.id) ?? this.opened(record);
    restoreTo(session, record);
    this.touched.set(session, deadlines.now());
    this.looked.set(session, deadlines.now());
    return session;
  }

  /** What this node sends to a client whose stream is elsewhere goes there. */
  private opened(record: SessionRecord): Session {
    const session = this.sessions.openSession({ ...record, holder: record.holder });
    if (this.isHeldElsewhere(session)) session.attach((message) => this.deliver(session, message));
    return session;
  }
}
