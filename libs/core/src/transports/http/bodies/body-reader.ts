import type { IncomingMessage } from 'node:http';
import {
  BODY_TOO_LARGE,
  BODY_TOO_SLOW,
  SHUTTING_DOWN,
} from '../../../messages/refusal.messages.js';
import { deadlines } from '../../../runtime/deadlines.js';
import { GrowingBytes } from '../../../runtime/growing-bytes.js';
import type { BodyLease } from '../quotas/body-quota.js';
import { malformed } from '../../shared/body.js';
import { CountedBody } from './counted-body.js';
import { CLOSE, Refusal } from '../../shared/refusal.js';
import { guarded } from '../../../runtime/guarded.js';

/** Limits for reading a body. */
export interface BodyTerms {
  readonly bodyBytes: number;
  readonly bodyMs: number;
  /** Aborted when the server stops. A body that is still being read is then refused. */
  readonly stopping: AbortSignal;
}

/**
 * Reads a whole body as bytes. It is decoded only when it is complete, so that a character split between
 * chunks is not lost. After a refusal the rest is discarded as it arrives.
 * @throws Refusal 413 as soon as the body exceeds the limit, 400 when it comes in tiny chunks or is cut off,
 * 408 when it takes too long, 503 when the memory is used up or the server stops
 */
export async function readBody(
  request: IncomingMessage,
  terms: BodyTerms,
  lease: BodyLease,
): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? terms.bodyBytes);
  if (declared > terms.bodyBytes) {
    request.resume();
    throw new Refusal(413, BODY_TOO_LARGE, CLOSE);
  }
  const body = new CountedBody(request, new GrowingBytes(declared), terms.bodyBytes, lease);
  return new Promise((resolve, reject) => {
    const refuse = (refusal: unknown): void => settle(() => reject(refusal));
    const onData = guarded((chunk: Buffer) => {
      try {
        body.append(chunk);
      } catch (refusal) {
        refuse(refusal);
      }
    });
    const onEnd = guarded(() => settle(() => resolve(body.take())));
    const onGone = guarded(() => refuse(malformed()));
    const onStop = guarded(() => refuse(new Refusal(503, SHUTTING_DOWN, CLOSE)));
    const deadline = deadlines.after(terms.bodyMs, () =>
      refuse(new Refusal(408, BODY_TOO_SLOW, CLOSE)),
    );
    const settle = (outcome: () => void): void => {
      deadline.stop();
      terms.stopping.removeEventListener('abort', onStop);
      request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      outcome();
    };
    terms.stopping.addEventListener('abort', onStop);
    request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}
