import { Controller, Get, Headers, HttpStatus, type MessageEvent, Res, Sse } from '@nestjs/common';
import { EMPTY, type Observable } from 'rxjs';
import { ClockService, TICKS } from './clock.service.js';

interface StatusResponse {
  status(code: HttpStatus): unknown;
}

@Controller('clock')
export class ClockController {
  constructor(private readonly clock: ClockService) {}

  @Sse()
  stream(
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res({ passthrough: true }) response: StatusResponse,
  ): Observable<MessageEvent> {
    const last = tickOf(lastEventId);
    if (last < TICKS) return this.clock.ticks(last);
    // An EventSource reconnects forever when a stream ends. With 204 a server stops it (HTML standard).
    response.status(HttpStatus.NO_CONTENT);
    return EMPTY;
  }

  @Get('now')
  now(): { now: string } {
    return { now: this.clock.now() };
  }
}

/** The last tick that a reconnecting client received; 0 for new clients, and for unknown ids. */
function tickOf(lastEventId = ''): number {
  return /^(?:[1-9]|10)$/.test(lastEventId) ? Number(lastEventId) : 0;
}
