import type { EventLog } from '../../../interfaces/backplane/event-log.interface.js';
import { comesBack } from '../../../protocol/revisions.js';
import type { Session } from '../../../session/session.js';
import type { RawResponse } from '../../http/responses/raw-response.js';
import { LoggedEvents } from './logged-events.js';
import { newStreamName } from './stream-name.js';
import { runGuarded } from '../../../runtime/guarded.js';

/** Receives the messages of one POST after its response has become an event stream. */
export interface EventSink {
  write(message: string): void;
  /** Ends the connection but not the stream, after everything that was written. Resolves with whether it did. */
  release?(retryMs: number): Promise<boolean>;
  /**
   * Ends the stream after everything that was written.
   * @param last one more message to write before
   */
  end(last?: string): void;
}

/** Writes to the client alone. A client that loses the connection cannot resume. */
export class DirectSink implements EventSink {
  constructor(private readonly response: RawResponse) {
    response.stream();
  }

  write(message: string): void {
    this.response.event(message);
  }

  end(last?: string): void {
    if (last !== undefined) this.response.event(last);
    this.response.end();
  }
}

/** Writes to the event log first, and then to the client; see {@link LoggedEvents}. */
export class LoggedSink implements EventSink {
  private readonly events: LoggedEvents;

  /** @param owner the owner for whom the events count in the log */
  constructor(
    private readonly response: RawResponse,
    log: EventLog,
    { id, peer }: Session,
    owner: string,
  ) {
    const key = { session: id, stream: newStreamName('post') };
    this.events = new LoggedEvents(response, log, { key, owner });
    response.stream();
    if (!comesBack(peer.protocolVersion)) return;
    // With this event, a client that loses its connection before the first message can resume, too.
    const { events } = this;
    runGuarded(() =>
      events.logged('', false, (first) => {
        if (first !== undefined) response.prime(first);
      }),
    );
  }

  write(message: string): void {
    this.events.write(message);
  }

  end(last?: string): void {
    const { events, response } = this;
    runGuarded(() =>
      events.logged(last ?? '', true, (id) => {
        if (last !== undefined) response.event(last, id);
        response.end();
      }),
    );
  }

  async release(retryMs: number): Promise<boolean> {
    return this.events.inTurn(() => {
      if (this.events.isBroken || !this.response.isOpen) return false;
      this.response.retry(retryMs);
      this.response.end();
      return true;
    });
  }
}
