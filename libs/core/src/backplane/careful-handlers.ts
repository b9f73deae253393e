import { NOT_A_BUS_EVENT, NOT_AN_ENVELOPE } from '../messages/backplane.messages.js';
import type { BackplaneHandlers } from '../interfaces/backplane/backplane.interface.js';
import { isBusEvent, isEnvelope } from './well-formed.js';

const REMEMBERED = 10_000;

/**
 * Handlers that never throw, and get every envelope once: one with an id among the latest 10,000 is dropped, and
 * so is what has not the form of an envelope or event that this version knows.
 * @param onFailure is told what the handlers within throw, and of what has another form
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

  /** False for an id that is among the latest. */
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
