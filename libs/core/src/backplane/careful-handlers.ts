import { NOT_A_BUS_EVENT, NOT_AN_ENVELOPE } from '../messages/backplane.messages.js';
import type { BackplaneHandlers } from '../interfaces/backplane/backplane.interface.js';
import { isBusEvent, isEnvelope } from './envelope-check.js';

const REMEMBERED = 10_000;

/**
 * Wraps handlers so that they never throw, and get every envelope once. An envelope whose id is among the latest
 * 10,000 is dropped, and so is a message that is not an envelope or event of this version.
 * @param onFailure receives the errors that the handlers throw, and an error for each malformed message
 */
export function carefulHandlers(
  handlers: BackplaneHandlers,
  onFailure: (error: unknown) => void,
): BackplaneHandlers {
  const seen = new RecentIds();
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      onFailure(error);
    }
  };
  return {
    onEnvelope: (envelope) =>
      guarded(() => {
        if (!isEnvelope(envelope)) throw new TypeError(NOT_AN_ENVELOPE);
        if (seen.add(envelope.id)) handlers.onEnvelope(envelope);
      }),
    onBus: (event, origin) =>
      guarded(() => {
        if (!isBusEvent(event)) throw new TypeError(NOT_A_BUS_EVENT);
        handlers.onBus(event, origin);
      }),
    onGap: (reason) => guarded(() => handlers.onGap(reason)),
  };
}

class RecentIds {
  private readonly ids = new Set<string>();

  /** Returns false for an id that is among the latest. */
  add(id: string): boolean {
    if (this.ids.has(id)) return false;
    if (this.ids.size === REMEMBERED) this.forgetOldest();
    this.ids.add(id);
    return true;
  }

  private forgetOldest(): void {
    for (const id of this.ids) {
      this.ids.delete(id);
      return;
    }
  }
}
