/** The path of a value in the arguments. It becomes text only in a finding that is reported. */
export interface ValuePath {
  readonly parent: ValuePath | undefined;
  readonly name: string | number;
}

/** The path of the arguments themselves: undefined, because they have no name. */
export const ROOT: ValuePath | undefined = undefined;

const LONGEST_NAME = 100;
const LONGEST_PATH = 240;
/** Control characters, line separators and unpaired surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029]/gu;

/** The path as text, such as `shipTo.lines[0].country`. The middle of a text of more than 240 characters is left out. */
export function pathTo(path: ValuePath | undefined): string {
  const names: (string | number)[] = [];
  for (let at = path; at !== undefined; at = at.parent) names.push(at.name);
  const text = names.reduceRight<string>((parent, name) => memberPath(parent, String(name)), '');
  if (text.length <= LONGEST_PATH) return text;
  const half = LONGEST_PATH / 2;
  return `${text.slice(0, half)}…${text.slice(-half)}`.replace(UNPRINTABLE, '?');
}

/** The path of a member: `parent.name`, or `parent[0]` for an item of a list. */
export function memberPath(parent: string, property: string): string {
  const name = property.slice(0, LONGEST_NAME).replace(UNPRINTABLE, '?');
  if (parent === '') return name;
  return /^\d+$/.test(name) ? `${parent}[${name}]` : `${parent}.${name}`;
}
