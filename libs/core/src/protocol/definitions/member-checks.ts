import { isJsonObject } from '../../interfaces/json.js';

/** A problem of a value, and its path in the value: `.annotations.audience[0]`. */
export interface Problem {
  readonly path: string;
  readonly words: string;
}

/** Returns the first problem of a value; undefined if it is valid. */
export type Check = (value: unknown) => Problem | undefined;

type Checks = Readonly<Record<string, Check>>;

export function is(words: string, accepts: (value: unknown) => boolean): Check {
  return (value) => (accepts(value) ? undefined : { path: '', words });
}

export const text = is('must be a string', (value) => typeof value === 'string');
export const flag = is('must be true or false', (value) => typeof value === 'boolean');
export const record = is('must be an object', isJsonObject);

/** The check of an object with these members. Further members are allowed. */
export function objectOf(required: Checks, optional: Checks = {}): Check {
  const members = Object.entries({ ...required, ...optional });
  return (value) => {
    if (!isJsonObject(value)) return record(value);
    for (const [name, check] of members) {
      const member = value[name];
      if (member === undefined && !Object.hasOwn(required, name)) continue;
      const problem = member === undefined ? MISSING : check(member);
      if (problem) return within(`.${name}`, problem);
    }
    return undefined;
  };
}

export function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return { path: '', words: 'must be a list' };
    for (const [index, item] of value.entries()) {
      const problem = check(item);
      if (problem) return within(`[${index}]`, problem);
    }
    return undefined;
  };
}

/** Prefixes the path of a problem with the path of the part that has it. */
export function within(path: string, problem: Problem): Problem {
  return { path: `${path}${problem.path}`, words: problem.words };
}

const MISSING: Problem = { path: '', words: 'is missing' };
