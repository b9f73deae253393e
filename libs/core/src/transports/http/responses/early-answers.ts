import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { EarlyAnswer } from './early-answer.js';

type End = ServerResponse['end'];

/** Time that a client has to stop sending, and to read an answer, in milliseconds. */
const PATIENCE = { serving: 1_000, ending: 200 };

/**
 * Answers that are sent before their request has ended: mostly refusals. If a connection is closed with
 * unread bytes, it is reset, and the client may lose the answer (RFC 9112 §9.6). The head and the body are
 * therefore sent at once, and the response ends with its request, after one second at the latest.
 */
@Injectable()
export class EarlyAnswers {
  private readonly waiting = new Set<EarlyAnswer>();
  private patienceMs = PATIENCE.serving;

  /**
   * Makes the response end with its request, whatever code ends the response.
   * @param readLimit the `bytesRead` of the connection from which on it is not read any more
   */
  hold(request: IncomingMessage, response: ServerResponse, readLimit: number): void {
    if (request.complete || request.httpVersionMajor > 1) return;
    const end = response.end.bind(response);
    response.end = ((...args: Parameters<End>) => {
      response.end = end;
      if (request.complete || request.destroyed || response.destroyed) return end(...args);
      const over = (): void => void this.waiting.delete(answer);
      const answer = new EarlyAnswer(request, response, {
        readLimit,
        patienceMs: this.patienceMs,
        over,
      });
      this.waiting.add(answer);
      answer.send(args);
      return response;
    }) as End;
  }

  /** Ends all of these responses. Later ones wait for 200 ms at most, because the server shuts down. */
  endAll(): void {
    this.patienceMs = PATIENCE.ending;
    for (const answer of this.waiting) answer.end();
  }
}
