import { Injectable } from '@nestjs/common';
import { CallFactory } from './call.factory.js';
import { BackplaneConnection } from './backplane-connection.js';
import { Session, type SessionOrigin } from './session.js';

/** All sessions that this process serves, by id. */
@Injectable()
export class SessionRegistry {
  private readonly sessions = new Map<string, Session>();

  constructor(
    private readonly calls: CallFactory,
    private readonly backplane: BackplaneConnection,
  ) {}

  get size(): number {
    return this.sessions.size;
  }

  openSession(origin: SessionOrigin): Session {
    const session = new Session(origin, this.calls, this.backplane.nodeId);
    this.sessions.set(session.id, session);
    return session;
  }

  get(id: string): Session | undefined {
    return this.sessions.get(id);
  }

  all(): IterableIterator<Session> {
    return this.sessions.values();
  }

  /** Forgets a session, and aborts its running calls. */
  close(session: Session, reason: Error): void {
    this.sessions.delete(session.id);
    session.close(reason);
  }
}
