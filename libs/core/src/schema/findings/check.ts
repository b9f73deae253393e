import { isJsonObject } from '../../interfaces/json.js';
import { Findings, unknownArgument } from './findings.js';
import { type ValuePath, ROOT } from './value-path.js';

/** Looks at a value as the caller gave it, and adds what is wrong with it. */
export type Check = (value: unknown, place: ValuePath | undefined, findings: Findings) => void;

/** A member of an object, by the name that callers use. */
export interface Member {
  readonly name: string;
  readonly isRequired: boolean;
  readonly check: Check;
}

export const NOTHING_TO_CHECK: Check = () => undefined;

/** Every check on the same value. */
export function all(checks: readonly Check[]): Check {
  const some = checks.filter((check) => check !== NOTHING_TO_CHECK);
  const [first = NOTHING_TO_CHECK, second] = some;
  if (second === undefined) return first;
  return (value, place, findings) => {
    for (const check of some) check(value, place, findings);
  };
}

/** An object with these members and no other. */
export function objectCheck(members: readonly Member[]): Check {
  const byName = new Map(members.map((member) => [member.name, member]));
  const names = [...byName.keys()];
  const required = members.filter(({ isRequired }) => isRequired);
  return (value, place, findings) => {
    if (!isJsonObject(value)) {
      findings.add(place, EXPECTED.object);
      return;
    }
    for (const member of required)
      if (value[member.name] === undefined)
        findings.add({ parent: place, name: member.name }, () => withoutValue(member));
    for (const name of Object.keys(value)) {
      const one = value[name];
      const member = byName.get(name);
      const at = { parent: place, name };
      if (member === undefined)
        findings.add(at, () => unknownArgument(place === ROOT ? names : []));
      else if (one !== undefined) member.check(one, at, findings);
    }
  };
}

function withoutValue({ check }: Member): string {
  const found = new Findings();
  check(undefined, ROOT, found);
  return `is missing; ${found.list[0]?.words ?? 'must be given (isDefined)'}`;
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
