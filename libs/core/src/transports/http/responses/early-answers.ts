import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { EarlyAnswer } from './early-answer.js';

type End = ServerResponse['end'];

/** Time that a client has to read an answer, and to stop sending, in milliseconds. */
const PATIENCE = { serving: 1_000, ending: 200 };

/**
 * Answers that are sent before their request has ended: refusals, for the most part. A connection that is
 * closed with bytes unread is reset, and the client may lose an answer that it has not read yet (RFC 9112
 * §9.6). So head and body go out at once, and the response ends with its request; after a second at the latest.
 */
@Injectable()
export class EarlyAnswers {
  private readonly waiting = new Set<EarlyAnswer>();
  private patienceMs = PATIENCE.serving;

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
      const over = (): void => void this.waiting.delete(answer);
      const answer = new EarlyAnswer(request, response, {
        enough,
        patienceMs: this.patienceMs,
        over,
      });
      this.waiting.add(answer);
      answer.send(args);
      return response;
    }) as End;
  }

  /** Waits for none of these requests any more, and for further ones hardly: the server ends. */
  endAll(): void {
    this.patienceMs = PATIENCE.ending;
    for (const answer of this.waiting) answer.end();
  }
}
