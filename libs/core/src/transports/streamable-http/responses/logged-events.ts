import { eventIdOf } from '../../../backplane/event-id.js';
import type { EventLog, StreamKey } from '../../../interfaces/backplane/event-log.interface.js';
import type { EventWriter } from '../../http/responses/event-writer.js';
import { runGuarded } from '../../../runtime/guarded.js';

/** A stream in the event log, and its owner, for whom the events count. */
export interface LogPosition {
  readonly key: StreamKey;
  readonly owner: string;
}

/**
 * Writes events to the event log first, and then to the client. A client that has left finds the rest in the
 * log (2025-11-25 transports, Resumability and Redelivery). After the first event that the log refuses,
 * events are sent without ids and are not logged, so that no client resumes after a gap or waits for a log
 * that does not respond.
 */
export class LoggedEvents {
  private written: Promise<unknown> = Promise.resolve();
  private broken = false;

  constructor(
    private readonly to: EventWriter,
    private readonly log: EventLog,
    private readonly position: LogPosition,
  ) {}

  /** True after the log has failed. */
  get isBroken(): boolean {
    return this.broken;
  }

  /** Logs a message. Sends it to the client after everything that was written before. */
  write(message: string): void {
    runGuarded(() => this.logged(message, false, (id) => this.to.event(message, id)));
  }

  /**
   * Logs data. Runs `act` with the id of the event after everything that was written before.
   * @param act gets undefined if the log has failed
   */
  async logged(data: string, final: boolean, act: (id: string | undefined) => void): Promise<void> {
    const bytes = Buffer.byteLength(data);
    this.to.hold(bytes);
    await this.inTurn(async () => {
      const id = await this.append(data, final);
      this.to.letGo(bytes);
      act(id);
    });
  }

  /** Runs `act` after everything that was written before. */
  async inTurn<Result>(act: () => Result | Promise<Result>): Promise<Result> {
    const done = this.written.then(act);
    this.written = done.catch(() => undefined);
    return done;
  }

  private async append(data: string, final: boolean): Promise<string | undefined> {
    if (this.broken) return undefined;
    try {
      const { key, owner } = this.position;
      return eventIdOf(key.stream, await this.log.append(key, data, { final, owner }));
    } catch {
      this.broken = true;
      return undefined;
    }
  }
}
