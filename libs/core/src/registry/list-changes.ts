import { Injectable } from '@nestjs/common';
import { runGuarded } from '../runtime/guarded.js';

/** What clients keep a list of, by the name of its capability. */
export type ListKind = 'tools';

type Listener = (kind: ListKind) => void;

/** Where features tell that a list is another now, and whoever holds connections hears of it. */
@Injectable()
export class ListChanges {
  private readonly listeners = new Set<Listener>();

  /** Calls back on every change from now on, at once and in turn; gives what ends that. */
  subscribe(listener: Listener): () => void {
    const own: Listener = (kind) => listener(kind);
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  emit(kind: ListKind): void {
    for (const listener of this.listeners) runGuarded(() => listener(kind));
  }
}
