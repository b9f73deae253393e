import type { CallOutlet } from '../../session/call-outlet.interface.js';
import type { Session } from '../../session/session.js';
import type { SessionNodes } from '../../session/session-nodes.js';

/** Sends the messages of calls to the stream of their session, whichever node holds it. */
export class SessionOutlet implements CallOutlet {
  constructor(
    private readonly session: Session,
    private readonly nodes: SessionNodes,
  ) {}

  notify(message: string): void {
    this.nodes.deliver(this.session, message);
  }

  request(message: string): void {
    this.nodes.deliver(this.session, message);
  }

  hasRoom(bytes: number): boolean {
    return this.nodes.hasRoom(this.session, bytes);
  }

  answer(message: string): void {
    this.nodes.deliver(this.session, message);
  }

  /** The stream stays: other calls use it. */
  abandon(): void {}
}
