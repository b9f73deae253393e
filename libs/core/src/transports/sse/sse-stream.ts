import type { MessageEvent } from '@nestjs/common';
import { Observable, type Subscriber } from 'rxjs';
import { deadlines } from '../../runtime/deadlines.js';
import type { EventWriter } from '../http/responses/event-writer.js';

/** What the owner of a stream can do with it once a client reads it. */
export interface SseStream {
  readonly send: (type: 'endpoint' | 'message', data: string) => void;
  /** Whether a message of so many bytes may wait for the client. */
  readonly hasCapacity: (bytes: number) => boolean;
  readonly end: () => void;
}

/** An event stream: `onOpen` runs when the client is connected, and what it gives back when the stream is over. */
export function sseStream(
  keepAliveMs: number,
  writerFor: (to: Subscriber<MessageEvent>) => EventWriter,
  onOpen: (stream: SseStream) => () => void,
): Observable<MessageEvent> {
  return new Observable((subscriber) => {
    const writer = writerFor(subscriber);
    const keepAlive = deadlines.every(keepAliveMs, () => writer.keepAlive());
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
