import type { ServerResponse } from 'node:http';
import { deadlines } from '../../../runtime/deadlines.js';
import { guarded } from '../../../runtime/guarded.js';

/** Time that a client has to read the rest, in milliseconds. A slower client is disconnected. */
const GRACE_MS = 1_000;

/**
 * Ends a response. Resolves when its last byte is sent or the client is disconnected. Only then is the
 * connection idle, and the server closes it. A connection that is busy would keep the server open until its
 * keep-alive time has passed.
 */
export function responseEnd(response: ServerResponse, end: () => void): Promise<void> {
  return new Promise((resolve) => {
    const giveUp = deadlines.after(GRACE_MS, () => response.destroy());
    const closed = guarded(() => {
      giveUp.stop();
      resolve();
    });
    response.once('close', closed);
    end();
  });
}
