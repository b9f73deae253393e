import { NumberHeap } from './number-heap.js';

/** Milliseconds that one slot spans. */
const SLOT_MS = 16;
/** Empty slots are removed when there are this many slots, and twice as many as were in use last time. */
const FEW = 1_024;

/** An item that waits for its time. */
export interface Waiting {
  /** When it is due. You may set a later time directly: {@link Slots} moves the item when its slot comes up. */
  due: number;
  /** The slot that holds it, to remove it from; undefined if it does not wait. */
  slot: Set<this> | undefined;
}

/**
 * Waiting items, by the slot of time in which they are due. The cost of adding and removing does not depend
 * on the number of items, and only slots whose time has come are searched.
 */
export class Slots<T extends Waiting> {
  private slots = new Map<number, Set<T>>();
  private order = new NumberHeap();
  private compactAt = FEW;

  add(one: T): void {
    const number = slotOf(one.due);
    const slot = this.slots.get(number) ?? this.opened(number);
    slot.add(one);
    one.slot = slot;
  }

  /** When the first item is due; undefined if no item waits. */
  earliest(): number | undefined {
    for (let number = this.order.first; number !== undefined; number = this.order.first) {
      let earliest = Number.POSITIVE_INFINITY;
      const slot = this.slots.get(number) ?? [];
      for (const one of slot) {
        if (slotOf(one.due) === number) earliest = Math.min(earliest, one.due);
        else this.move(one);
      }
      if (earliest < Number.POSITIVE_INFINITY) return earliest;
      this.close(number);
    }
    return undefined;
  }

  /**
   * Removes the items that are due until then and returns them in order. The returned set is the slot of each
   * until you delete it from there.
   */
  takeDue(until: number): Set<T> {
    const due: T[] = [];
    for (
      let first = this.earliest();
      first !== undefined && first <= until;
      first = this.earliest()
    )
      for (const one of this.slots.get(slotOf(first)) ?? [])
        if (one.due <= until) {
          one.slot?.delete(one);
          due.push(one);
        }
    const taken = new Set(due.toSorted((one, other) => one.due - other.due));
    for (const one of taken) one.slot = taken;
    return taken;
  }

  *[Symbol.iterator](): Generator<T> {
    for (const slot of this.slots.values()) yield* slot;
  }

  private opened(number: number): Set<T> {
    if (this.slots.size >= this.compactAt) this.compact();
    const slot = new Set<T>();
    this.slots.set(number, slot);
    this.order.push(number);
    return slot;
  }

  private move(one: T): void {
    one.slot?.delete(one);
    this.add(one);
  }

  private close(number: number): void {
    this.slots.delete(number);
    this.order.pop();
  }

  private compact(): void {
    const used = [...this.slots].filter(([, slot]) => slot.size > 0);
    used.sort(([one], [other]) => one - other);
    this.slots = new Map(used);
    this.order = new NumberHeap(used.map(([number]) => number));
    this.compactAt = Math.max(FEW, 2 * used.length);
  }
}

function slotOf(due: number): number {
  return Math.floor(due / SLOT_MS);
}
