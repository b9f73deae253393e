/**
 * A list that finds the place of an item at once. class-validator asks for that of each item to find doubles,
 * and an ordinary list looks through all items each time.
 */
export class IndexedList<Item> extends Array<Item> {
  #places: Map<Item, number> | undefined;

  override indexOf(item: Item, from?: number): number {
    if (from !== undefined || Number.isNaN(item)) return super.indexOf(item, from);
    this.#places ??= placesOf(this);
    return this.#places.get(item) ?? -1;
  }
}

function placesOf<Item>(list: readonly Item[]): Map<Item, number> {
  const places = new Map<Item, number>();
  for (const [index, item] of list.entries()) if (!places.has(item)) places.set(item, index);
  return places;
}
