import type { Session } from '../../session/session.js';

/** A session as it was when it was put in line. */
interface Candidate {
  readonly session: Session;
  readonly seenAt: number;
}

/**
 * Sessions of one kind that can be ended to make room, the one that was idle for longest first. The line is made
 * anew only when it has run out: whatever is used or opened meanwhile was used later than all that is in it.
 */
export class SpareSessions {
  private line: Candidate[] = [];

  constructor(private readonly isOfKind: (session: Session) => boolean) {}

  /** The next one of these that is not in use; undefined when all are. */
  next(sessions: Iterable<Session>): Session | undefined {
    return this.taken() ?? this.renewed(sessions).taken();
  }

  private renewed(sessions: Iterable<Session>): this {
    this.line = [];
    for (const session of sessions)
      if (this.isSpare(session)) this.line.push({ session, seenAt: session.lastSeen });
    this.line.sort((first, second) => second.seenAt - first.seenAt);
    return this;
  }

  private taken(): Session | undefined {
    for (let last = this.line.pop(); last !== undefined; last = this.line.pop()) {
      const { session, seenAt } = last;
      if (session.lastSeen === seenAt && this.isSpare(session)) return session;
    }
    return undefined;
  }

  private isSpare(session: Session): boolean {
    return !session.isClosed && !session.isBusy && this.isOfKind(session);
  }
}
