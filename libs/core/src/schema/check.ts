import { isJsonObject } from '../interfaces/json.js';
import { type Finding, pathOf, unknownArgument } from './findings.js';

/** Looks at a value as the caller gave it. */
export type Check = (value: unknown, path: string) => readonly Finding[];

/** A member of an object, by the name that callers use. */
export interface Member {
  readonly name: string;
  readonly isRequired: boolean;
  readonly check: Check;
}

export const NOTHING_TO_CHECK: Check = () => [];

/** Every check on the same value. */
export function all(checks: readonly Check[]): Check {
  const [first = NOTHING_TO_CHECK, second] = checks.filter((check) => check !== NOTHING_TO_CHECK);
  if (second === undefined) return first;
  return (value, path) => checks.flatMap((check) => check(value, path));
}

/** An object with these members and no other. */
export function objectCheck(members: readonly Member[]): Check {
  const byName = new Map(members.map((member) => [member.name, member]));
  const names = [...byName.keys()];
  const required = members.filter(({ isRequired }) => isRequired);
  return (value, path) => {
    if (!isJsonObject(value)) return [{ path, words: EXPECTED.object }];
    const missing = required
      .filter(({ name }) => value[name] === undefined)
      .map((member) => withoutValue(member, pathOf(path, member.name)));
    const given = Object.entries(value).flatMap(([name, one]) => {
      const member = byName.get(name);
      if (member === undefined)
        return [unknownArgument(pathOf(path, name), path === '' ? names : [])];
      return one === undefined ? [] : member.check(one, pathOf(path, name));
    });
    return [...missing, ...given];
  };
}

function withoutValue({ check }: Member, path: string): Finding {
  const [expected] = check(undefined, path);
  return { path, words: `is missing; ${expected?.words ?? 'must be given (isDefined)'}` };
}

export const EXPECTED = {
  string: 'must be a string (isString)',
  number: 'must be a number (isNumber)',
  integer: 'must be an integer number (isInt)',
  boolean: 'must be a boolean value (isBoolean)',
  array: 'must be an array (isArray)',
  object: 'must be an object (isObject)',
  null: 'must be null (equals)',
};

export const IS = {
  string: (value: unknown) => typeof value === 'string',
  number: (value: unknown) => typeof value === 'number',
  integer: (value: unknown) => Number.isInteger(value),
  boolean: (value: unknown) => typeof value === 'boolean',
  array: (value: unknown) => Array.isArray(value),
  object: isJsonObject,
  null: (value: unknown) => value === null,
};
