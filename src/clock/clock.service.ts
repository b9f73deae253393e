import { setImmediate } from 'node:timers/promises';
import { Injectable, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import { type Observable, Subject, map, take, takeUntil, timer } from 'rxjs';

export const TICKS = 10;
const PACE_MS = 1_000;

@Injectable()
export class ClockService implements OnModuleDestroy {
  private readonly stopped = new Subject<void>();

  now(): string {
    return new Date().toISOString();
  }

  /**
   * Emits ten times, once a second, the first at once. The ids count from 1, so a client whose
   * connection broke after number `last` gets the rest, and nothing twice.
   */
  ticks(last = 0): Observable<MessageEvent> {
    return timer(0, PACE_MS).pipe(
      take(TICKS - last),
      map((index) => ({ id: String(last + index + 1), data: this.now() })),
      takeUntil(this.stopped),
    );
  }

  /**
   * An open clock must not keep the application from closing. Its last byte must be sent before the server
   * closes, because the server waits for busy connections until their keep-alive time is over.
   */
  async onModuleDestroy(): Promise<void> {
    this.stopped.next();
    await setImmediate();
  }
}
