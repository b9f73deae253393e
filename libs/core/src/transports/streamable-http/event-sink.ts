import { eventIdOf } from '../../backplane/event-id.js';
import type { EventLog, StreamKey } from '../../interfaces/backplane/event-log.interface.js';
import { comesBack } from '../../protocol/revisions.js';
import type { Session } from '../../session/session.js';
import type { TakenResponse } from '../http/taken-response.js';
import { newStreamName } from './stream-name.js';

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

/**
 * Writes to the event log first, and then to the client, who may be gone: it finds the rest in the log
 * (2025-11-25 transports, Resumability and Redelivery). From the first event on that the log does not take,
 * events go out without ids and are not logged: nobody resumes behind a hole, and nobody waits for a log
 * that does not answer.
 */
export class LoggedSink implements EventSink {
  private readonly key: StreamKey;
  private written: Promise<void>;
  private isBroken = false;

  constructor(
    private readonly response: TakenResponse,
    private readonly log: EventLog,
    { id, peer }: Session,
  ) {
    this.key = { session: id, stream: newStreamName('post') };
    response.stream();
    this.written = comesBack(peer.protocolVersion) ? this.primed() : Promise.resolve();
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

  async release(retryMs: number): Promise<boolean> {
    const released = this.written.then(() => {
      if (this.isBroken || !this.response.isOpen) return false;
      this.response.retry(retryMs);
      this.response.end();
      return true;
    });
    this.written = released.then(() => undefined);
    return released;
  }

  /** A client that is cut off before the first message can come back, too. */
  private async primed(): Promise<void> {
    const first = await this.logged('', false);
    if (first !== undefined) this.response.prime(first);
  }

  private async logged(data: string, final: boolean): Promise<string | undefined> {
    if (this.isBroken) return undefined;
    try {
      const entry = await this.log.append(this.key, data, { final });
      return eventIdOf(this.key.stream, entry);
    } catch {
      this.isBroken = true;
      return undefined;
    }
  }
}
