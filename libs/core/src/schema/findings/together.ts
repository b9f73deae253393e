import type { Finding, Findings } from './findings.js';

/** Findings whose list is bounded. */
type Bounded = Pick<Findings, 'list' | 'total'>;

/**
 * Combines the findings of the rules (`broken`) with those about the shape (`misshapen`). If both name an
 * argument, the rules have the better words, so the finding about the shape is left out. The exception is
 * `unknownValue`, which is useless to the caller: it is left out if there is a finding about the shape.
 */
export function together(broken: Bounded, misshapen: Bounded): Bounded {
  const useful = broken.list.filter(
    ({ path, words }) =>
      !words.endsWith('(unknownValue)') || !misshapen.list.some((one) => isWithin(one.path, path)),
  );
  const unnamed = misshapen.list.filter(
    ({ path }) => !useful.some((one) => isWithin(path, one.path)),
  );
  const list: Finding[] = [...useful, ...unnamed];
  const left = broken.list.length + misshapen.list.length - list.length;
  return { list, total: broken.total + misshapen.total - left };
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}[`) || path.startsWith(`${parent}.`);
}
