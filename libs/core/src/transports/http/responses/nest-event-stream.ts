import type { ServerResponse } from 'node:http';
import type { MessageEvent } from '@nestjs/common';
import type { Subscriber } from 'rxjs';
import type { UnreadOutput } from '../../output/unread-output.js';
import { EventWriter } from './event-writer.js';

/**
 * Nest sends the head of a response with the first event, so there must be one. Before 11.1.29, Nest cannot send
 * a comment, and assigns an id, from which a client would try to resume. There the event becomes an empty line.
 */
export class OpenEvent implements MessageEvent {
  readonly comment = 'open';

  get id(): undefined {
    return undefined;
  }

  set id(_assigned: unknown) {
    // An event that opens a stream does not have an id.
  }
}

/**
 * The event stream of an `@Sse()` handler. Nest opens and ends it, after the application's guards. The events
 * are written here: Nest would queue them for a client that does not read, without counting their bytes.
 */
export class NestEventStream extends EventWriter {
  /** Frames that wait until Nest has sent the headers, which it does with its own first bytes. */
  private early: string[] | undefined;

  constructor(
    raw: ServerResponse,
    output: UnreadOutput,
    private readonly to: Subscriber<MessageEvent>,
  ) {
    super(raw, output);
  }

  /** Sends the head of the response, so that the client knows that the stream is open before the first event. */
  open(): void {
    if (this.early === undefined && !this.raw.headersSent) this.begin([]);
  }

  /** Ends the stream after everything that was written. */
  end(): void {
    this.to.complete();
  }

  protected override write(frame: string): void {
    if (this.early !== undefined) this.early.push(frame);
    else if (this.raw.headersSent) super.write(frame);
    else this.begin([frame]);
  }

  private begin(early: string[]): void {
    const { raw } = this;
    this.early = early;
    const write = raw.write.bind(raw) as (...args: unknown[]) => boolean;
    raw.write = (...args: unknown[]) => {
      raw.write = write;
      const canTakeMore = write(...args);
      this.early = undefined;
      for (const frame of early) this.write(frame);
      return canTakeMore;
    };
    this.to.next(new OpenEvent());
  }
}
