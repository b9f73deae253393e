import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { BackplaneHandlers } from '../interfaces/backplane/backplane.interface.js';
import type { BusCancel, BusEvent, Envelope } from '../interfaces/backplane/envelope.interface.js';
import type { RequestId } from '../interfaces/mcp-call.interface.js';
import { MCP_SERVER } from '../interfaces/mcp.tokens.js';
import { readMessage } from '../protocol/json-rpc.js';
import { cancellationReason } from './cancellation-reason.js';
import { ChangeRelay } from './change-relay.js';
import { BackplaneConnection } from './backplane-connection.js';
import { OpenStreams } from './open-streams.js';
import type { Session } from './session.js';
import { restoreTo } from './session-record.js';
import { SessionRegistry } from './session.registry.js';
import { guarded, runGuarded } from '../runtime/guarded.js';

/** Acts on what other nodes send to this one, and tell to all. */
@Injectable()
export class BackplaneListener implements OnModuleInit {
  private readonly handlers: BackplaneHandlers = {
    onEnvelope: (envelope) => this.take(envelope),
    onBus: (event) => this.hear(event),
    onGap: guarded(() => this.streams.endAll()),
  };

  constructor(
    @Inject(MCP_SERVER) private readonly server: string,
    private readonly backplane: BackplaneConnection,
    private readonly sessions: SessionRegistry,
    private readonly streams: OpenStreams,
    private readonly changes: ChangeRelay,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.backplane.join(this.handlers);
  }

  /** Nothing comes in any more. */
  async leave(): Promise<void> {
    await this.backplane.leave(this.handlers);
  }

  private take({ kind, sid, ph, server, data }: Envelope): void {
    const session = this.sessions.get(sid);
    // An envelope is no proof of anything: only what fits the session is acted on.
    if (session?.principal !== ph || server !== this.server) return;
    if (kind === 'deliver') session.deliver(data);
    if (kind === 'reply') answer(session, data);
    if (kind === 'close') this.end(session);
  }

  private hear(event: BusEvent): void {
    if (event.kind === 'list_changed') return this.changes.relay(event);
    const session = this.sessions.get(event.sid);
    if (session === undefined) return;
    if (event.kind === 'close') this.end(session);
    else if (event.kind === 'changed') runGuarded(() => this.refresh(session));
    else if (event.ph === session.principal)
      session.cancel(
        idOf(event),
        cancellationReason(event.reason ?? 'The client cancelled the call'),
      );
  }

  private end(session: Session): void {
    this.sessions.close(session, new Error('The session was ended'));
  }

  private async refresh(session: Session): Promise<void> {
    const found = await this.backplane.attempt((plane) => plane.sessions.get(session.id));
    if (found) restoreTo(session, found.record);
  }
}

/** What is no response is dropped, as is one that nobody waits for. */
function answer(session: Session, data: string): void {
  const message = readMessage(parsed(data));
  if (message?.kind === 'response') session.answered(message);
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function idOf({ requestId, isWhole }: BusCancel): RequestId {
  return isWhole === true ? BigInt(requestId) : requestId;
}
