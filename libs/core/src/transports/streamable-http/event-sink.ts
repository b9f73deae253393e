import type { TakenResponse } from '../http/taken-response.js';

/** Where the messages of one POST go once its answer is an event stream. */
export interface EventSink {
  write(message: string): void;
  /** Ends the stream, when all that was written is out. */
  end(): void;
}

/** Writes to the client, and nowhere else: what it misses is lost. */
export class DirectSink implements EventSink {
  constructor(private readonly response: TakenResponse) {
    response.stream();
  }

  write(message: string): void {
    this.response.event(message);
  }

  end(): void {
    this.response.end();
  }
}
