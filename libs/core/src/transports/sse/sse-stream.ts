import type { MessageEvent } from '@nestjs/common';
import { Observable } from 'rxjs';
import { deadlines } from '../../runtime/deadlines.js';

/** A comment that keeps proxies from closing a quiet stream. */
const KEEP_ALIVE: MessageEvent = { comment: 'keep-alive' };

/**
 * No event has an id to resume from: on HTTP+SSE nothing is replayed. Left out, Nest would number them,
 * and a client would send back a number that means nothing.
 */
const NO_ID = '';

/** What the owner of a stream can do with it once a client reads it. */
export interface OpenStream {
  readonly send: (type: 'endpoint' | 'message', data: string) => void;
  readonly end: () => void;
}

/** An event stream: `onOpen` runs when the client is connected, and what it gives back when the stream is over. */
export function sseStream(
  keepAliveMs: number,
  onOpen: (stream: OpenStream) => () => void,
): Observable<MessageEvent> {
  return new Observable((subscriber) => {
    const keepAlive = deadlines.every(keepAliveMs, () => subscriber.next(KEEP_ALIVE));
    const onClose = onOpen({
      send: (type, data) => subscriber.next({ type, id: NO_ID, data }),
      end: () => subscriber.complete(),
    });
    return () => {
      keepAlive.stop();
      onClose();
    };
  });
}
