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

/** A session in use is renewed in the directory this many times per idle time. */
const TOUCHES = 4;
/** How long a session whose stream another node holds counts as alive before the directory is asked again. */
const TRUSTED_MS = 1_000;
/** Earlier than any time. */
const NEVER = Number.NEGATIVE_INFINITY;

/**
 * This server's sessions as all nodes share them: a session that was opened on another node is served here, too, and
 * every change of a session is sent to the nodes that may know it.
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
   * Finds a session of this server, whichever node opened it. Undefined if the session is unknown, or if the node
   * that holds its stream is gone.
   * @throws BackplaneUnavailableError when this process does not know the session and the backplane does not answer.
   */
  async find(id: string): Promise<Session | undefined> {
    const known = this.sessions.get(id);
    if (known && this.isSure(known)) return known;
    const found = await this.backplane.ask((plane) => plane.sessions.get(id));
    if (found && this.isServed(found)) return this.adopt(found.record);
    if (known) this.sessions.close(known, new Error('The client left'));
    return undefined;
  }

  /** Finds a session that this process knows, without checking its principal or asking the backplane. */
  known(id: string): Session | undefined {
    return this.sessions.get(id);
  }

  /**
   * Reads the directory's record of a session of this server, without serving the session here. Undefined also if the
   * directory does not answer.
   */
  async look(id: string): Promise<SessionRecord | undefined> {
    const found = await this.backplane.attempt((plane) => plane.sessions.get(id));
    return found && this.isServed(found) ? found.record : undefined;
  }

  /** Puts a new session into the directory, so that any node can serve its next request. */
  async register(session: Session): Promise<void> {
    if (!isShared(session)) return;
    await this.backplane.attempt(() => this.put(session));
  }

  /** Writes the session's present state to the directory, and has the nodes that know it read it again. */
  async publish(session: Session): Promise<void> {
    if (!isShared(session)) return;
    await this.backplane.attempt(async (plane) => {
      await this.put(session);
      await plane.broadcast({ kind: 'changed', sid: session.id });
    });
  }

  /** Ends a session on every node: aborts its running calls and removes its events. */
  async end(session: Session, reason: Error): Promise<void> {
    this.sessions.close(session, reason);
    if (!isShared(session)) return;
    await this.backplane.attempt(async (plane) => {
      await plane.sessions.remove(session.id);
      await plane.broadcast({ kind: 'close', sid: session.id });
      await plane.log?.remove(session.id);
    });
  }

  /** Closes a session that is idle on this node. Its events are removed if no other node has used it. */
  async expire(session: Session): Promise<void> {
    this.sessions.close(session, new Error('The session expired'));
    await this.backplane.attempt(async ({ sessions, log }) => {
      if ((await sessions.get(session.id)) === undefined) await log?.remove(session.id);
    });
  }

  /** Cancels a call on the node that runs it. */
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

  /**
   * Whether a message may wait on the stream of a session. If another node holds the stream, that is unknown, and the
   * answer is true.
   */
  hasCapacity(session: Session, bytes: number): boolean {
    return session.holder !== this.nodeId || session.hasCapacity(bytes);
  }

  /** Sends a message to the client of a session, on the stream that this node or another node holds. */
  deliver(session: Session, data: string): void {
    const { holder } = session;
    if (holder === this.nodeId) session.deliver(data);
    else if (holder !== undefined)
      runGuarded(async () => {
        const sent = await this.send(holder, this.envelope('deliver', session, data));
        if (sent === 'gone') this.sessions.close(session, new Error('The client left'));
      });
  }

  /** Passes a client's response to the code that waits for it, on this node or on the node that the id names. */
  answered(session: Session, response: JsonRpcResponse): void {
    const node = nodeOf(response);
    if (session.answered(response) || node === undefined || node === this.nodeId) return;
    if (!isShared(session)) return;
    const envelope = this.envelope('reply', session, responseMessage(response));
    runGuarded(() => this.send(node, envelope));
  }

  /** Whether another node holds the stream of a session, and so is the node that notifies its client of changes. */
  isHeldElsewhere({ holder }: Session): boolean {
    return holder !== undefined && holder !== this.nodeId;
  }

  /**
   * Keeps a session that is in use alive in the directory. Cheap to call often, because it writes to the directory
   * rarely.
   */
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

  /** A stream on another node may have ended without notice, because its node may be gone. */
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

  /** Messages to a client whose stream is held by another node are sent to that node. */
  private opened(record: SessionRecord): Session {
    const session = this.sessions.openSession({ ...record, holder: record.holder });
    if (this.isHeldElsewhere(session)) session.attach((message) => this.deliver(session, message));
    return session;
  }
}
