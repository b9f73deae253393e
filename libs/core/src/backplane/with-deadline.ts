import { BACKPLANE_FAILED, BACKPLANE_TOO_SLOW } from '../messages/backplane.messages.js';
import { BackplaneUnavailableError } from './backplane-unavailable.error.js';
import type { Breaker } from './breaker.js';
import { EventsExpiredError } from './events-expired.error.js';
import { type Deadline, deadlines } from '../runtime/deadlines.js';
import { guarded } from '../runtime/guarded.js';

/** One call of an adapter, and its bounds. */
export interface TimedCall {
  /** What is asked for, in words for an error. */
  readonly asked: string;
  readonly milliseconds: number;
  /** Whose firing gives the call up, for its reason. */
  readonly signal?: AbortSignal;
  /** What fails the call at once while the engine does not answer, and hears when this one is not answered. */
  readonly breaker?: Breaker;
}

/**
 * Waits for an adapter, up to a deadline. What it gives later is dropped.
 * @param act gets a signal that fires when nobody waits any more
 * @throws BackplaneUnavailableError at the deadline, and in place of whatever the adapter throws but does not promise
 */
export async function withDeadline<T>(
  { asked, milliseconds, signal, breaker }: TimedCall,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  breaker?.check(asked);
  const given = new AbortController();
  let giveUp: (() => void) | undefined;
  let deadline: Deadline | undefined;
  let leave: (() => void) | undefined;
  const givenUp = new Promise<never>((_, reject) => {
    const end = (reason: unknown): void => {
      reject(reason);
      given.abort(reason);
    };
    leave = breaker?.enter(end);
    giveUp = guarded(() => end(signal?.reason));
    signal?.addEventListener('abort', giveUp);
    deadline = deadlines.after(milliseconds, () => {
      end(new BackplaneUnavailableError(BACKPLANE_TOO_SLOW(asked, milliseconds)));
      breaker?.open(asked);
    });
  });
  try {
    return await Promise.race([promised(asked, () => act(given.signal), signal), givenUp]);
  } finally {
    deadline?.stop();
    leave?.();
    if (giveUp !== undefined) signal?.removeEventListener('abort', giveUp);
  }
}

/** What an adapter throws beside its promises says nothing to whoever asked; it becomes the cause. */
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
