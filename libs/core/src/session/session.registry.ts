import { Injectable } from '@nestjs/common';
import { LiveCalls } from './live-calls.js';
import { Session, type SessionOrigin } from './session.js';

/** Every session that this process serves, by id. */
@Injectable()
export class SessionRegistry {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly live: LiveCalls) {}

  get size(): number {
    return this.sessions.size;
  }

  open(origin: SessionOrigin): Session {
    const session = new Session(origin, this.live);
    this.sessions.set(session.id, session);
    return session;
  }

  get(id: string): Session | undefined {
    return this.sessions.get(id);
  }

  all(): IterableIterator<Session> {
    return this.sessions.values();
  }

  /** Ends a session for every node: its events are forgotten, and so is that there was one. */
  async end(session: Session, reason: Error): Promise<void> {
    this.close(session, reason);
  }

  /** Forgets a session and aborts what it has running. */
  close(session: Session, reason: Error): void {
    this.sessions.delete(session.id);
    session.close(reason);
  }
}
