import type { CallOutlet } from '../../../session/call-outlet.interface.js';
import type { Session } from '../../../session/session.js';
import type { RawResponse } from '../../http/responses/raw-response.js';

/** Answers the POST that opens a session. If the POST fails or its client leaves, the session ends. */
export class InitializeResponse implements CallOutlet {
  constructor(
    private readonly response: RawResponse,
    private readonly session: Session,
    private readonly forget: () => void,
  ) {
    // A client that left before the answer does not know the id, so it cannot end the session.
    response.onClose((isComplete) => {
      if (!isComplete) forget();
    });
  }

  /** Dropped: the response of `initialize` has only its answer. */
  notify(): void {}

  answer(message: string, errorCode?: number): void {
    const headers = errorCode === undefined ? { 'Mcp-Session-Id': this.session.id } : {};
    this.response.send(200, message, headers);
    // Only after the answer: the end of the session also ends its calls, and this is one of them.
    if (errorCode !== undefined) this.forget();
  }

  abandon(): void {
    this.forget();
    this.response.end();
  }
}
