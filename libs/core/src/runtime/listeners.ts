import { runGuarded } from './guarded.js';

type Listener = () => void;

/** Listeners in the order in which they were added. A single listener, the usual case, needs no list. */
export type Listeners = Listener | Listener[] | undefined;

/** Returns the listeners with one more at the end. It may change the list that it was called with. */
export function withListener(listeners: Listeners, listener: Listener): Listeners {
  if (listeners === undefined) return listener;
  if (typeof listeners === 'function') return [listeners, listener];
  listeners.push(listener);
  return listeners;
}

/** Calls every listener once. If one throws, the error is logged (MCP140), and the next one is called. */
export function callListeners(listeners: Listeners): void {
  if (listeners === undefined) return;
  if (typeof listeners === 'function') return runGuarded(listeners);
  for (const listener of listeners) runGuarded(listener);
}
