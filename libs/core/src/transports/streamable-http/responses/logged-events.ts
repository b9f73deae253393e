import { eventIdOf } from '../../../backplane/event-id.js';
import type { EventLog, StreamKey } from '../../../interfaces/backplane/event-log.interface.js';
import type { EventWriter } from '../../http/responses/event-writer.js';
import { runGuarded } from '../../../runtime/guarded.js';

/** Which stream of the log, and whose: what it takes there counts for its owner. */
export interface LogPosition {
  readonly key: StreamKey;
  readonly owner: string;
}

/**
 * Writes to the event log first, and then to the client, who may be gone: it finds the rest in the log
 * (2025-11-25 transports, Resumability and Redelivery). From the first event on that the log does not take,
 * events go out without ids and are not logged: nobody resumes behind a hole, and nobody waits for a log
 * that does not answer.
 */
export class LoggedEvents {
  private written: Promise<unknown> = Promise.resolve();
  private broken = false;

  constructor(
    private readonly to: EventWriter,
    private readonly log: EventLog,
    private readonly place: LogPosition,
  ) {}

  /** True once the log has failed. */
  get isBroken(): boolean {
    return this.broken;
  }

  /** Logs a message, and sends it to the client when all before it is out. */
  write(message: string): void {
    runGuarded(() => this.logged(message, false, (id) => this.to.event(message, id)));
  }

  /** Logs data, and does something with its id (undefined where the log failed) when all before it is out. */
  async logged(data: string, final: boolean, act: (id: string | undefined) => void): Promise<void> {
    const bytes = Buffer.byteLength(data);
    this.to.hold(bytes);
    await this.inTurn(async () => {
      const id = await this.append(data, final);
      this.to.letGo(bytes);
      act(id);
    });
  }

  /** Does something when all that was written before is out. */
  async inTurn<Result>(act: () => Result | Promise<Result>): Promise<Result> {
    const done = this.written.then(act);
    this.written = done.catch(() => undefined);
    return done;
  }

  private async append(data: string, final: boolean): Promise<string | undefined> {
    if (this.broken) return undefined;
    try {
      const { key, owner } = this.place;
      return eventIdOf(key.stream, await this.log.append(key, data, { final, owner }));
    } catch {
      this.broken = true;
      return undefined;
    }
  }
}
