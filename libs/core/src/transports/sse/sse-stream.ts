import type { MessageEvent } from '@nestjs/common';
import { Observable, type Subscriber } from 'rxjs';
import { deadlines } from '../../runtime/deadlines.js';
import type { EventWriter } from '../http/responses/event-writer.js';

/** A stream that a client reads. */
export interface SseStream {
  readonly send: (type: 'endpoint' | 'message', data: string) => void;
  /** Whether a message of this many bytes may wait for the client. */
  readonly hasCapacity: (bytes: number) => boolean;
  readonly end: () => void;
}

/**
 * Creates an event stream.
 * @param onOpen called when the client is connected; returns the function that is called when the stream ends
 */
export function sseStream(
  keepAliveMs: number,
  writerFor: (to: Subscriber<MessageEvent>) => EventWriter,
  onOpen: (stream: SseStream) => () => void,
): Observable<MessageEvent> {
  return new Observable((subscriber) => {
    const writer = writerFor(subscriber);
    const keepAlive = deadlines.every(keepAliveMs, () => writer.keepAlive()).unref();
    const onClose = onOpen({
      send: (type, data) => writer.event(data, undefined, type),
      hasCapacity: (bytes) => writer.hasCapacity(bytes),
      end: () => subscriber.complete(),
    });
    return () => {
      keepAlive.stop();
      onClose();
    };
  });
}
