import type { EventLog } from '../../../interfaces/backplane/event-log.interface.js';
import { comesBack } from '../../../protocol/revisions.js';
import type { Session } from '../../../session/session.js';
import type { RawResponse } from '../../http/responses/raw-response.js';
import { LoggedEvents } from './logged-events.js';
import { newStreamName } from './stream-name.js';
import { runGuarded } from '../../../runtime/guarded.js';

/** Where the messages of one POST go once its answer is an event stream. */
export interface EventSink {
  write(message: string): void;
  /** Ends the connection and not the stream, when all that was written is out; tells whether it did. */
  release?(retryMs: number): Promise<boolean>;
  /** Ends the stream, when all that was written is out; `last` is written before. */
  end(last?: string): void;
}

/** Writes to the client, and nowhere else: what it misses is lost. */
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

  /** @param owner whose budget in the log the events count for */
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
    // A client that is cut off before the first message can come back, too.
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
