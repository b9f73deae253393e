import { Injectable } from '@nestjs/common';
import { runGuarded } from '../runtime/guarded.js';

type Listener = (list: string) => void;

/** Announces changes of lists (`tools`, …), from the catalogs to the parts that notify clients. */
@Injectable()
export class ListChanges {
  private readonly listeners = new Set<Listener>();

  /** Calls the listener synchronously on every change. Returns a function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    const own: Listener = (list) => listener(list);
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  emit(list: string): void {
    for (const listener of this.listeners) runGuarded(() => listener(list));
  }
}
