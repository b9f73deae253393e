import type { CallOutlet } from '../../../session/call-outlet.interface.js';
import type { Session } from '../../../session/session.js';
import type { RawResponse } from '../../http/responses/raw-response.js';

/** Answers the POST that opens a session; the session goes with it when it comes to nothing. */
export class InitializeResponse implements CallOutlet {
  constructor(
    private readonly response: RawResponse,
    private readonly session: Session,
    private readonly forget: () => void,
  ) {
    // Who left before the answer does not know the id, and cannot end the session.
    response.onClose((isComplete) => {
      if (!isComplete) forget();
    });
  }

  /** Nothing belongs to `initialize` but its answer. */
  notify(): void {}

  answer(message: string, errorCode?: number): void {
    const headers = errorCode === undefined ? { 'Mcp-Session-Id': this.session.id } : {};
    this.response.send(200, message, headers);
    // Only then: the end of the session is also that of its calls, this one among them.
    if (errorCode !== undefined) this.forget();
  }

  abandon(): void {
    this.forget();
    this.response.end();
  }
}
