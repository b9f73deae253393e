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

/** Acts on what other nodes send to this node or broadcast. */
@Injectable()
export class BackplaneListener implements OnModuleInit {
  private readonly handlers: BackplaneHandlers = {
    onEnvelope: (envelope) => this.handleEnvelope(envelope),
    onBus: (event) => this.handleEvent(event),
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

  /** Stops listening. */
  async leave(): Promise<void> {
    await this.backplane.leave(this.handlers);
  }

  private handleEnvelope({ kind, sid, ph, server, data }: Envelope): void {
    const session = this.sessions.get(sid);
    // An envelope does not prove who sent it. It is acted on only if it fits the session.
    if (session?.principal !== ph || server !== this.server) return;
    if (kind === 'deliver') session.deliver(data);
    if (kind === 'reply') answer(session, data);
    if (kind === 'close') this.end(session);
  }

  private handleEvent(event: BusEvent): void {
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

/** Drops a message that is not a response, and a response that no request waits for. */
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
