import { NumberHeap } from './number-heap.js';

/** Milliseconds that one slot spans. */
const SLOT_MS = 16;
/** Emptied slots are thrown out when there are this many, and more than half as many as were in use. */
const FEW = 1_024;

/** What waits for its time. */
export interface Waiting {
  /** When it is due. May be put off in place: {@link Slots} finds out when the slot comes up. */
  due: number;
  /** Where it is, to be taken out of there; undefined when it does not wait. */
  place: Set<this> | undefined;
}

/**
 * What waits, by the slot of time it is due in. Adding and taking out cost the same however much waits, and
 * only slots whose time has come are looked through.
 */
export class Slots<T extends Waiting> {
  private slots = new Map<number, Set<T>>();
  private order = new NumberHeap();
  private compactAt = FEW;

  add(one: T): void {
    const number = slotOf(one.due);
    const slot = this.slots.get(number) ?? this.opened(number);
    slot.add(one);
    one.place = slot;
  }

  /** When the first one is due; undefined where nothing waits. */
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

  /** Takes out what is due until then, in order. Each one's place is the set given, until it is taken out of it. */
  takeDue(until: number): Set<T> {
    const due: T[] = [];
    for (
      let first = this.earliest();
      first !== undefined && first <= until;
      first = this.earliest()
    )
      for (const one of this.slots.get(slotOf(first)) ?? [])
        if (one.due <= until) {
          one.place?.delete(one);
          due.push(one);
        }
    const taken = new Set(due.toSorted((one, other) => one.due - other.due));
    for (const one of taken) one.place = taken;
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
    one.place?.delete(one);
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
