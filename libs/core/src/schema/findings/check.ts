import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import { Findings, unknownArgument } from './findings.js';
import { type ValuePath, ROOT } from './value-path.js';

/** Checks a value as the caller sent it, and adds its findings. */
export type Check = (value: unknown, path: ValuePath | undefined, findings: Findings) => void;

/** A property of an object, under the name that callers use. */
export interface Member {
  readonly name: string;
  readonly isRequired: boolean;
  /** Whether it is accepted and not named to callers. Default: false. */
  readonly isHidden?: boolean;
  readonly check: Check;
  /** Whether the check applies to the object that has the property. Asked only if it finds something. Default: it does. */
  readonly applies?: ((holder: JsonObject) => boolean) | undefined;
}

export const NOTHING_TO_CHECK: Check = () => undefined;

/** Combines checks of one value into one. */
export function all(checks: readonly Check[]): Check {
  const some = checks.filter((check) => check !== NOTHING_TO_CHECK);
  const [first = NOTHING_TO_CHECK, second] = some;
  if (second === undefined) return first;
  return (value, path, findings) => {
    for (const check of some) check(value, path, findings);
  };
}

/** The check of an object that has these members and no others. */
export function objectCheck(members: readonly Member[]): Check {
  const byName = new Map(members.map((member) => [member.name, member]));
  const names = members.filter(({ isHidden }) => isHidden !== true).map(({ name }) => name);
  const required = members.filter(({ isRequired }) => isRequired);
  return (value, path, findings) => {
    if (!isJsonObject(value)) {
      findings.add(path, EXPECTED.object);
      return;
    }
    for (const member of required)
      if (value[member.name] === undefined)
        findings.add({ parent: path, name: member.name }, () => withoutValue(member));
    for (const name of Object.keys(value)) {
      const one = value[name];
      const member = byName.get(name);
      const at = { parent: path, name };
      if (member === undefined) findings.add(at, () => unknownArgument(names));
      else if (one !== undefined && isChecked(member, value)) member.check(one, at, findings);
    }
  };
}

function isChecked({ name, check, applies }: Member, holder: JsonObject): boolean {
  if (applies === undefined) return true;
  const found = new Findings();
  check(holder[name], ROOT, found);
  return found.total === 0 || applies(holder);
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
