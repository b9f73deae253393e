import { pathTo, type ValuePath } from './value-path.js';

/** A rule that one argument breaks, worded for the model. */
export interface Finding {
  /** `shipTo.lines[0].country` */
  readonly path: string;
  /** What the argument must be, and the name of the rule. */
  readonly words: string;
}

/** The number of findings that are reported in full. Further ones are only counted. */
const MOST = 50;
const LONGEST_LINE = 320;
/** Leaves 1 KiB for the rest of the message, which stays within 16 KiB. */
const MOST_BYTES = 15 * 1024;
const LONGEST_NAMES = 160;

/** Collects the findings about one set of arguments: the first 50, and the number of all. */
export class Findings {
  readonly list: Finding[] = [];
  private count = 0;

  /** Pass a function for words that are costly to build: it is called only if the finding is kept. */
  add(path: ValuePath | undefined, words: string | (() => string)): void {
    this.count++;
    if (this.list.length >= MOST) return;
    this.list.push({ path: pathTo(path), words: typeof words === 'string' ? words : words() });
  }

  get total(): number {
    return this.count;
  }

  /** Whether there are more findings than are reported. */
  get areMany(): boolean {
    return this.count > MOST;
  }
}

/** `shipTo.country: must be a valid ISO31661 Alpha2 code (isISO31661Alpha2)` */
export function lineOf({ path, words }: Finding): string {
  return path === '' ? words : `${path}: ${words}`;
}

/** Cuts lines to the bounds of a result. If some of `total` are left out, a last line says how many. */
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

/** The words for an argument that the tool does not have. */
export function unknownArgument(accepted: readonly string[]): string {
  return `is not an argument (whitelistValidation)${namesOf(accepted)}`;
}

/** Lists the accepted names, as many as fit. */
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
