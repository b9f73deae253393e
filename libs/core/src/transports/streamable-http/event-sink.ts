import { randomBytes } from 'node:crypto';
import { eventIdOf } from '../../backplane/event-id.js';
import type { EventLog, StreamKey } from '../../interfaces/backplane/event-log.interface.js';
import type { TakenResponse } from '../http/taken-response.js';

/** Where the messages of one POST go once its answer is an event stream. */
export interface EventSink {
  write(message: string): void;
  /** Ends the stream, when all that was written is out; `last` is written before. */
  end(last?: string): void;
}

/** Writes to the client, and nowhere else: what it misses is lost. */
export class DirectSink implements EventSink {
  constructor(private readonly response: TakenResponse) {
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

const NAME_BYTES = 12;

/** A name that no other stream of any session has, and nobody can guess. */
export function newStreamName(): string {
  return randomBytes(NAME_BYTES).toString('hex');
}

/**
 * Writes to the event log first, and then to the client, who may be gone: it finds the rest in the log
 * (2025-11-25 transports, Resumability and Redelivery). An event that the log does not take goes out
 * without an id, so that nobody resumes behind a hole.
 */
export class LoggedSink implements EventSink {
  private readonly key: StreamKey;
  private written: Promise<void>;

  constructor(
    private readonly response: TakenResponse,
    private readonly log: EventLog,
    session: string,
    retryMs: number,
  ) {
    this.key = { session, stream: newStreamName() };
    response.stream();
    this.written = this.logged('', false).then((id) => {
      if (id !== undefined) response.prime(id, retryMs);
    });
  }

  write(message: string): void {
    this.written = this.written.then(async () =>
      this.response.event(message, await this.logged(message, false)),
    );
  }

  end(last?: string): void {
    this.written = this.written.then(async () => {
      const id = await this.logged(last ?? '', true);
      if (last !== undefined) this.response.event(last, id);
      this.response.end();
    });
  }

  private async logged(data: string, final: boolean): Promise<string | undefined> {
    try {
      return eventIdOf(this.key.stream, await this.log.append(this.key, data, { final }));
    } catch {
      return undefined;
    }
  }
}
