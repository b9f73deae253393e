import type { Finding, Findings } from './findings.js';

/** What the rules and the build of the arguments have to say, each list bounded. */
type Told = Pick<Findings, 'list' | 'total'>;

/**
 * Each argument once: what a rule names, the build of what it names says no better. Only that a class is
 * unknown to class-validator tells the caller nothing, where the build says why.
 */
export function together(broken: Told, misshapen: Told): Told {
  const telling = broken.list.filter(
    ({ path, words }) =>
      !words.endsWith('(unknownValue)') || !misshapen.list.some((one) => isWithin(one.path, path)),
  );
  const unnamed = misshapen.list.filter(
    ({ path }) => !telling.some((one) => isWithin(path, one.path)),
  );
  const list: Finding[] = [...telling, ...unnamed];
  const left = broken.list.length + misshapen.list.length - list.length;
  return { list, total: broken.total + misshapen.total - left };
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}[`) || path.startsWith(`${parent}.`);
}
