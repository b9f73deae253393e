/** Where a value is in the arguments. Its path is put together only for what is reported. */
export interface ValuePath {
  readonly parent: ValuePath | undefined;
  readonly name: string | number;
}

/** The arguments themselves: undefined, since they have no name. */
export const ROOT: ValuePath | undefined = undefined;

const LONGEST_NAME = 100;
const LONGEST_PATH = 240;
/** Characters that would end a line, that nobody sees, or that are half of one. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029]/gu;

/** `shipTo.lines[0].country`; the middle of a very long one is left out. */
export function pathTo(place: ValuePath | undefined): string {
  const names: (string | number)[] = [];
  for (let at = place; at !== undefined; at = at.parent) names.push(at.name);
  const path = names.reduceRight<string>((parent, name) => memberPath(parent, String(name)), '');
  if (path.length <= LONGEST_PATH) return path;
  const half = LONGEST_PATH / 2;
  return `${path.slice(0, half)}…${path.slice(-half)}`.replace(UNPRINTABLE, '?');
}

/** The path of a member: `parent.name`, or `parent[0]` for what is in a list. */
export function memberPath(parent: string, property: string): string {
  const name = property.slice(0, LONGEST_NAME).replace(UNPRINTABLE, '?');
  if (parent === '') return name;
  return /^\d+$/.test(name) ? `${parent}[${name}]` : `${parent}.${name}`;
}
