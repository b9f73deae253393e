import type { Finding } from './findings.js';
import { pathTo, type ValuePath } from './value-path.js';

/** The end of a path: an index, or the name of a value in a Map. */
const ITEM = /^(?:\.[^.[\]]*|\[\d+\])$/;

/**
 * The values that are missing or have the wrong type, as the check of the shape found them. The rules explain some of
 * them in better words. Each value is named by one finding.
 */
export class WrongValues {
  /** The last finding about a path is the most specific one. */
  private readonly found: ReadonlyMap<string, Finding>;
  private readonly explained = new Set<string>();

  constructor(list: readonly Finding[]) {
    this.found = new Map(list.map((finding) => [finding.path, finding]));
  }

  has(path: ValuePath): boolean {
    return this.found.size > 0 && this.found.has(pathTo(path));
  }

  /** Whether an item of a list, or a value of a Map, is wrong. */
  hasItemsOf(path: ValuePath): boolean {
    return this.found.size > 0 && this.itemsOf(path).length > 0;
  }

  /** A rule has named the value itself. */
  explain(path: ValuePath): void {
    if (this.found.size > 0) this.explained.add(pathTo(path));
  }

  /** A rule has named the collection of the values. */
  explainItemsOf(path: ValuePath): void {
    if (this.found.size > 0) for (const item of this.itemsOf(path)) this.explained.add(item);
  }

  /** What no rule has explained. */
  get rest(): readonly Finding[] {
    return [...this.found.values()].filter(({ path }) => !this.explained.has(path));
  }

  private itemsOf(path: ValuePath): string[] {
    const parent = pathTo(path);
    return [...this.found.keys()].filter(
      (one) => one.startsWith(parent) && ITEM.test(one.slice(parent.length)),
    );
  }
}

/** For the calls whose arguments have the right types: all but a few. */
export const NOTHING_WRONG = new WrongValues([]);
