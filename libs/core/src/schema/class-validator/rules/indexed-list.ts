/**
 * A list whose `indexOf()` takes constant time. class-validator calls it for each item to find duplicates, and that
 * of an ordinary list takes linear time.
 */
export class IndexedList<Item> extends Array<Item> {
  #indexes: Map<Item, number> | undefined;

  override indexOf(item: Item, from?: number): number {
    if (from !== undefined || Number.isNaN(item)) return super.indexOf(item, from);
    this.#indexes ??= indexesOf(this);
    return this.#indexes.get(item) ?? -1;
  }
}

function indexesOf<Item>(list: readonly Item[]): Map<Item, number> {
  const indexes = new Map<Item, number>();
  for (const [index, item] of list.entries()) if (!indexes.has(item)) indexes.set(item, index);
  return indexes;
}
