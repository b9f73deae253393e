import { once, EventEmitter } from 'node:events';

/** A promise and the function that resolves it: a signal between a test and the code under test. */
export function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  const signal = new EventEmitter();
  const promise = once(signal, 'fire').then(() => undefined);
  return { promise, resolve: () => void signal.emit('fire') };
}
