import { ServerResponse } from 'node:http';
import { guarded } from '../../runtime/guarded.js';
import type { Destination } from './destination.interface.js';
import { writeQueueSize } from './write-queue.js';

/** A response, of HTTP/1 or HTTP/2. */
export class ResponseDestination implements Destination {
  constructor(private readonly response: ServerResponse) {}

  get waiting(): number {
    return this.response.writableLength;
  }

  get underWay(): number | undefined {
    return writeQueueSize(this.response.socket);
  }

  /** A pipelined response waits for the one before. */
  get canMove(): boolean {
    return this.response.socket !== null;
  }

  /**
   * A response of HTTP/1 that waits for its turn would be destroyed only then: its connection is, at once. Without
   * an error to share, Node makes one for each of the writes that wait, which takes seconds for some ten thousand.
   */
  cut(): void {
    const { response } = this;
    const reason = Object.assign(new Error('The client does not read'), { code: 'ECONNRESET' });
    response.destroy(reason);
    if (response instanceof ServerResponse) response.req.socket.destroy(reason);
  }

  onClose(listener: () => void): void {
    this.response.once('close', guarded(listener));
  }
}
