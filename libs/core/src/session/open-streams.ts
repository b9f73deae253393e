import { Injectable } from '@nestjs/common';
import { guarded } from '../runtime/guarded.js';

/** An event stream that outlives single calls. */
export interface OpenStream {
  /** Ends the stream cleanly; resolves when the client has it all, or was given up. */
  end(): Promise<void>;
}

/** Every event stream of this server that a client holds open. */
@Injectable()
export class OpenStreams {
  private readonly streams = new Set<OpenStream>();
  private isOver = false;

  get size(): number {
    return this.streams.size;
  }

  /**
   * Takes a stream in; the function given back is to be called when it is over. One that opens when all have
   * been ended is ended as well.
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
