import type { Writable } from 'node:stream';
import { guarded } from '../../runtime/guarded.js';
import type { Destination } from './destination.interface.js';
import { writeQueueSize } from './write-queue-size.js';

/** A pipe. Its owner decides what disconnecting means. */
export class PipeDestination implements Destination {
  readonly canMove = true;

  constructor(
    private readonly pipe: Writable,
    readonly cut: () => void,
  ) {}

  get waiting(): number {
    return this.pipe.writableLength;
  }

  get underWay(): number | undefined {
    return writeQueueSize(this.pipe);
  }

  onClose(listener: () => void): void {
    this.pipe.once('close', guarded(listener));
  }
}
