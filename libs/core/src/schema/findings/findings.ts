import { pathTo, type ValuePath } from './value-path.js';

/** What is wrong with one argument, in words for the model. */
export interface Finding {
  /** `shipTo.lines[0].country` */
  readonly path: string;
  /** What the argument must be, and the rule that says so. */
  readonly words: string;
}

/** Findings that are told; of further ones only their number, since they say no more. */
const MOST = 50;
const LONGEST_LINE = 320;
/** With what stands around them, findings stay within 16 KiB. */
const MOST_BYTES = 15 * 1024;
const LONGEST_NAMES = 160;

/** What is wrong with one set of arguments: the first findings, and the number of all. */
export class Findings {
  readonly list: Finding[] = [];
  private count = 0;

  /** Words that take work are made only where they are told. */
  add(place: ValuePath | undefined, words: string | (() => string)): void {
    this.count++;
    if (this.list.length >= MOST) return;
    this.list.push({ path: pathTo(place), words: typeof words === 'string' ? words : words() });
  }

  get total(): number {
    return this.count;
  }

  /** Whether there are more than are told. */
  get areMany(): boolean {
    return this.count > MOST;
  }
}

/** `shipTo.country: must be a valid ISO31661 Alpha2 code (isISO31661Alpha2)` */
export function lineOf({ path, words }: Finding): string {
  return path === '' ? words : `${path}: ${words}`;
}

/** Lines that fit an answer; the last says how many of `total` are left out. */
export function boundedLines(lines: Iterable<string>, total: number): string[] {
  const kept: string[] = [];
  let bytes = 0;
  for (const whole of lines) {
    const line = cut(whole, LONGEST_LINE);
    bytes += Buffer.byteLength(line) + 3;
    if (kept.length >= MOST || bytes > MOST_BYTES) break;
    kept.push(line);
  }
  if (total > kept.length) kept.push(`and ${total - kept.length} more`);
  return kept;
}

/** About an argument that the tool does not have. */
export function unknownArgument(accepted: readonly string[]): string {
  return `is not an argument (whitelistValidation)${namesOf(accepted)}`;
}

/** The names that could have been meant, as many as fit. */
export function namesOf(accepted: readonly string[]): string {
  if (accepted.length === 0) return '';
  const kept: string[] = [];
  let length = 0;
  for (const name of accepted) {
    length += name.length + 2;
    if (length > LONGEST_NAMES && kept.length > 0) break;
    kept.push(cut(name, LONGEST_NAMES));
  }
  const more = accepted.length - kept.length;
  return `; accepted: ${kept.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
