import { ServerResponse } from 'node:http';
import { guarded } from '../../runtime/guarded.js';
import type { Destination } from './destination.interface.js';
import { writeQueueSize } from './write-queue-size.js';

/** A response of HTTP/1 or HTTP/2. */
export class ResponseDestination implements Destination {
  constructor(private readonly response: ServerResponse) {}

  get waiting(): number {
    return this.response.writableLength;
  }

  get underWay(): number | undefined {
    return writeQueueSize(this.response.socket);
  }

  /** False while a pipelined response waits for the one before it. */
  get canMove(): boolean {
    return this.response.socket !== null;
  }

  /**
   * Destroys the response and, on HTTP/1, its connection: a response that waits for its turn would be
   * destroyed only when its turn comes. The error is passed, because Node would otherwise create one for each
   * waiting write, which takes seconds for ten thousand.
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
