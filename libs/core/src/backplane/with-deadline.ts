import { BACKPLANE_FAILED, BACKPLANE_TOO_SLOW } from '../messages/backplane.messages.js';
import { BackplaneUnavailableError } from './backplane-unavailable.error.js';
import type { Breaker } from './breaker.js';
import { EventsExpiredError } from './events-expired.error.js';
import { type Deadline, deadlines } from '../runtime/deadlines.js';
import { guarded } from '../runtime/guarded.js';

/** One call of an adapter, and its limits. */
export interface TimedCall {
  /** What is asked for, to complete the sentence of an error message. */
  readonly asked: string;
  readonly milliseconds: number;
  /** Ends the wait when it fires, with its reason. */
  readonly signal?: AbortSignal;
  /** Fails the call at once while the engine does not answer, and is opened if this call misses its deadline. */
  readonly breaker?: Breaker;
}

/**
 * Waits for an adapter until a deadline. A result after the deadline is dropped.
 * @param act gets a signal that fires when the result is not needed any more
 * @throws BackplaneUnavailableError at the deadline, and instead of any error that is not part of the port
 */
export async function withDeadline<T>(
  { asked, milliseconds, signal, breaker }: TimedCall,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  breaker?.check(asked);
  const aborting = new AbortController();
  let giveUp: (() => void) | undefined;
  let deadline: Deadline | undefined;
  let stopWaiting: (() => void) | undefined;
  const givenUp = new Promise<never>((_, reject) => {
    const end = (reason: unknown): void => {
      reject(reason);
      aborting.abort(reason);
    };
    stopWaiting = breaker?.enter(end);
    giveUp = guarded(() => end(signal?.reason));
    signal?.addEventListener('abort', giveUp);
    deadline = deadlines.after(milliseconds, () => {
      end(new BackplaneUnavailableError(BACKPLANE_TOO_SLOW(asked, milliseconds)));
      breaker?.open(asked);
    });
  });
  try {
    return await Promise.race([promised(asked, () => act(aborting.signal), signal), givenUp]);
  } finally {
    deadline?.stop();
    stopWaiting?.();
    if (giveUp !== undefined) signal?.removeEventListener('abort', giveUp);
  }
}

/**
 * Converts an error of an adapter. An error that is not part of the port means nothing to the caller, and becomes the
 * cause of one that is.
 */
export function portError(asked: string, error: unknown): unknown {
  return error instanceof BackplaneUnavailableError || error instanceof EventsExpiredError
    ? error
    : new BackplaneUnavailableError(BACKPLANE_FAILED(asked), { cause: error });
}

async function promised<T>(
  asked: string,
  act: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    throw portError(asked, error);
  }
}
