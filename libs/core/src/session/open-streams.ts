import { Injectable } from '@nestjs/common';
import { guarded } from '../runtime/guarded.js';

/** An event stream that may outlive the calls it serves. */
export interface OpenStream {
  /** Ends the stream cleanly. Resolves when the client has received everything, or is cut off. */
  end(): Promise<void>;
}

/** All event streams of this server that clients hold open. */
@Injectable()
export class OpenStreams {
  private readonly streams = new Set<OpenStream>();
  private isOver = false;

  get size(): number {
    return this.streams.size;
  }

  /**
   * Adds a stream. Call the returned function when the stream is over. A stream that opens after all streams have
   * been ended is ended, too.
   */
  add(stream: OpenStream): () => void {
    this.streams.add(stream);
    if (this.isOver) setImmediate(guarded(() => stream.end()));
    return () => void this.streams.delete(stream);
  }

  async endAll(): Promise<void> {
    this.isOver = true;
    await Promise.all([...this.streams].map((stream) => stream.end()));
  }
}
