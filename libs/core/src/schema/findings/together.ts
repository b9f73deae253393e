import type { Finding } from './findings.js';
import type { WrongValues } from './wrong-values.js';

/** Findings whose list is bounded. */
export interface Bounded {
  readonly list: readonly Finding[];
  readonly total: number;
}

/**
 * Combines the findings of the rules (`broken`) with those about the shape (`misshapen`), less those that the rules
 * explain. `unknownValue` is useless to the caller: it is left out if there is a finding about the shape.
 */
export function together(broken: Bounded, misshapen: Bounded, wrong: WrongValues): Bounded {
  const useful = broken.list.filter(
    ({ path, words }) =>
      !words.endsWith('(unknownValue)') || !misshapen.list.some((one) => isWithin(one.path, path)),
  );
  const list: Finding[] = [...useful, ...wrong.rest];
  const left = broken.list.length + misshapen.list.length - list.length;
  return { list, total: broken.total + misshapen.total - left };
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}[`) || path.startsWith(`${parent}.`);
}
