import type { ServerResponse } from 'node:http';
import { deadlines } from '../../../runtime/deadlines.js';
import { guarded } from '../../../runtime/guarded.js';

/** A client that takes longer than this to read what is left is cut off. */
const GRACE_MS = 1_000;

/**
 * Ends a response, and resolves when its last byte is out. Only then is its connection idle, and closed
 * with the server; one that is still busy would hold the server until its keep-alive time runs out.
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
