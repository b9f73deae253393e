import type { ServerResponse } from 'node:http';
import type { MessageEvent } from '@nestjs/common';
import type { Subscriber } from 'rxjs';
import type { Output } from '../../output/output.js';
import { EventWriter } from './event-writer.js';

/** Nest sends the head of a response with the first event. */
const OPEN: MessageEvent = { comment: 'open' };

/**
 * The stream of an `@Sse()` handler. Nest opens and ends it, behind the application's guards. The events are
 * written here: Nest would queue them for a client that does not read, without counting their bytes.
 */
export class NestEventStream extends EventWriter {
  /** Written before Nest has sent its headers, which it does with the first bytes of its own. */
  private early: string[] | undefined;

  constructor(
    raw: ServerResponse,
    output: Output,
    private readonly to: Subscriber<MessageEvent>,
  ) {
    super(raw, output);
  }

  /** Has the client know that the stream is open, also where there is no event yet. */
  open(): void {
    if (this.early === undefined && !this.raw.headersSent) this.begin([]);
  }

  /** Ends the stream when all that was written is out. */
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
    this.to.next(OPEN);
  }
}
