import type { ValidationError } from 'class-validator';

const LONGEST_NAME = 100;

/**
 * One line per argument and rule: `shipTo.country: must be a valid ISO31661 Alpha2 code (isISO31661Alpha2)`.
 * `accepted` are the names that could have been meant where an argument is not known.
 */
export function findingsOf(
  errors: readonly ValidationError[],
  accepted: readonly string[],
): string[] {
  return errors.flatMap((error) => findingsOfOne(error, '', accepted));
}

/** The line about an argument that the tool does not have. */
export function unknownArgument(path: string, accepted: readonly string[]): string {
  const names = accepted.length > 0 ? `; accepted: ${accepted.join(', ')}` : '';
  return `${path}: is not an argument (whitelistValidation)${names}`;
}

function findingsOfOne(
  error: ValidationError,
  parent: string,
  accepted: readonly string[],
): string[] {
  const path = pathOf(parent, error.property);
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
    rule === 'whitelistValidation'
      ? unknownArgument(path, parent === '' ? accepted : [])
      : `${path}: ${wording(error, message)} (${rule})`,
  );
  const nested = (error.children ?? []).flatMap((child) => findingsOfOne(child, path, accepted));
  return [...own, ...nested];
}

function wording(error: ValidationError, message: string): string {
  const rule = message.startsWith(`${error.property} `)
    ? message.slice(error.property.length + 1)
    : message;
  return error.value === undefined ? `is missing; ${rule}` : rule;
}

function pathOf(parent: string, property: string): string {
  const name = property.slice(0, LONGEST_NAME);
  if (parent === '') return name;
  return /^\d+$/.test(name) ? `${parent}[${name}]` : `${parent}.${name}`;
}
