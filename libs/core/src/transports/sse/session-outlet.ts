import type { CallOutlet } from '../../session/call-outlet.interface.js';
import type { Session } from '../../session/session.js';
import type { SharedSessions } from '../../session/shared-sessions.js';

/** Sends the messages of calls to the stream of their session, on any node. */
export class SessionOutlet implements CallOutlet {
  constructor(
    private readonly session: Session,
    private readonly shared: SharedSessions,
  ) {}

  notify(message: string): void {
    this.shared.deliver(this.session, message);
  }

  request(message: string): void {
    this.shared.deliver(this.session, message);
  }

  hasCapacity(bytes: number): boolean {
    return this.shared.hasCapacity(this.session, bytes);
  }

  answer(message: string): void {
    this.shared.deliver(this.session, message);
  }

  /** The stream stays open, because other calls use it. */
  abandon(): void {}
}
