import type { BackplaneHandlers } from './backplane.interface.js';

const REMEMBERED = 10_000;

/**
 * Handlers that never throw, and get every envelope once: those with an id among the latest 10,000, and those of
 * another version, are dropped.
 * @param onFailure is told what the handlers within throw
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
    onEnvelope: (envelope) => {
      if (envelope.v === 1 && seen.add(envelope.id)) guarded(() => handlers.onEnvelope(envelope));
    },
    onBus: (event, origin) => guarded(() => handlers.onBus(event, origin)),
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
