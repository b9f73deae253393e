import type { ValidationError } from 'class-validator';

/** What is wrong with one argument, in words for the model. */
export interface Finding {
  /** `shipTo.lines[0].country` */
  readonly path: string;
  /** What the argument must be, and the rule that says so. */
  readonly words: string;
}

/** The name that callers know a property by; undefined for one that they have no part in. */
export type NameOf = (error: ValidationError) => string | undefined;

const LONGEST_NAME = 100;

/** `shipTo.country: must be a valid ISO31661 Alpha2 code (isISO31661Alpha2)` */
export function lineOf({ path, words }: Finding): string {
  return path === '' ? words : `${path}: ${words}`;
}

/**
 * One finding per argument and rule. `accepted` are the names that could have been meant where an
 * argument is not known.
 */
export function findingsOf(
  errors: readonly ValidationError[],
  accepted: readonly string[],
  nameOf: NameOf = ({ property }) => property,
): Finding[] {
  return errors.flatMap((error) => findingsOfOne(error, '', accepted, nameOf));
}

/** About an argument that the tool does not have. */
export function unknownArgument(path: string, accepted: readonly string[]): Finding {
  const names = accepted.length > 0 ? `; accepted: ${accepted.join(', ')}` : '';
  return { path, words: `is not an argument (whitelistValidation)${names}` };
}

/** The path of a member: `parent.name`, or `parent[0]` for what is in a list. */
export function pathOf(parent: string, property: string): string {
  const name = property.slice(0, LONGEST_NAME);
  if (parent === '') return name;
  return /^\d+$/.test(name) ? `${parent}[${name}]` : `${parent}.${name}`;
}

function findingsOfOne(
  error: ValidationError,
  parent: string,
  accepted: readonly string[],
  nameOf: NameOf,
): Finding[] {
  // class-validator reports an object that it knows no rules for without a property.
  const property = error.property as string | undefined;
  const name = property === undefined ? undefined : nameOf(error);
  if (property !== undefined && name === undefined) return [];
  const path = name === undefined ? parent : pathOf(parent, name);
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
    rule === 'whitelistValidation'
      ? unknownArgument(path, parent === '' ? accepted : [])
      : { path, words: `${wording(error, message)} (${rule})` },
  );
  const nested = (error.children ?? []).flatMap((child) =>
    findingsOfOne(child, path, accepted, nameOf),
  );
  return [...own, ...nested];
}

/** The path is said already: `each value in tags must be a string` becomes `each value must be a string`. */
function wording({ property, value }: ValidationError, message: string): string {
  const rule = withoutStart(message, `${property} `).replace(
    `each value in ${property} `,
    () => 'each value ',
  );
  return value === undefined ? `is missing; ${rule}` : rule;
}

function withoutStart(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}
