import type { Session } from '../../session/session.js';

/** A session in the queue. */
interface Candidate {
  readonly session: Session;
  readonly seenAt: number;
}

/**
 * Sessions of one kind that can be ended to admit another, the one that was idle longest first. The queue is
 * filled again only when it is empty: a session that is opened or used in the meantime is more recent than
 * all sessions in the queue.
 */
export class SpareSessions {
  private queue: Candidate[] = [];

  constructor(private readonly isOfKind: (session: Session) => boolean) {}

  /**
   * Removes the next session that is not in use from the queue; undefined if all are in use.
   * @param sessions all sessions, from which the queue is filled when it is empty
   */
  next(sessions: Iterable<Session>): Session | undefined {
    return this.dequeue() ?? this.refilled(sessions).dequeue();
  }

  private refilled(sessions: Iterable<Session>): this {
    this.queue = [];
    for (const session of sessions)
      if (this.isSpare(session)) this.queue.push({ session, seenAt: session.lastSeen });
    this.queue.sort((first, second) => second.seenAt - first.seenAt);
    return this;
  }

  private dequeue(): Session | undefined {
    for (let last = this.queue.pop(); last !== undefined; last = this.queue.pop()) {
      const { session, seenAt } = last;
      if (session.lastSeen === seenAt && this.isSpare(session)) return session;
    }
    return undefined;
  }

  private isSpare(session: Session): boolean {
    return !session.isClosed && !session.isBusy && this.isOfKind(session);
  }
}
