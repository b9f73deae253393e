import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { EarlyAnswer } from './early-answer.js';

type End = ServerResponse['end'];

/**
 * Answers that are sent before their request has ended: refusals, for the most part. A connection that is
 * closed with bytes unread is reset, and the client may lose an answer that it has not read yet (RFC 9112
 * §9.6). So head and body go out at once, and the response ends with its request; after a second at the latest.
 */
@Injectable()
export class EarlyAnswers {
  private readonly waiting = new Set<EarlyAnswer>();

  /**
   * Has the response end with its request, whenever and by whomever it is ended.
   * @param enough when the connection has read so many bytes, it reads no more
   */
  hold(request: IncomingMessage, response: ServerResponse, enough: number): void {
    if (request.complete || request.httpVersionMajor > 1) return;
    const end = response.end.bind(response);
    response.end = ((...args: Parameters<End>) => {
      response.end = end;
      if (request.complete || request.destroyed || response.destroyed) return end(...args);
      const answer = new EarlyAnswer(request, response, enough, () => this.waiting.delete(answer));
      this.waiting.add(answer);
      answer.send(args);
      return response;
    }) as End;
  }

  /** Waits for no request any more. */
  endAll(): void {
    for (const answer of this.waiting) answer.end();
  }
}
