import { GrowingBytes } from '../../runtime/growing-bytes.js';

const LINE_FEED = 0x0a;
const BLANKS: ReadonlySet<number> = new Set([0x09, 0x0d, 0x20]);

/** In place of a line that has more bytes than it may. */
export const TOO_LONG = 'too long';

export type Line = Buffer | typeof TOO_LONG;

/**
 * Makes lines of bytes, wherever the chunks are cut: a line is decoded by nobody before it is whole. One that
 * is too long is told of as soon as it is, and its rest is discarded. Blank lines are none; a carriage
 * return at the end of a line is white space to JSON, and stays.
 */
export class LineReader {
  private readonly begun: GrowingBytes;
  private isDiscarding = false;

  constructor(private readonly maxBytes: number) {
    this.begun = new GrowingBytes(maxBytes);
  }

  /** Lines that end, or turn out to be too long, within a chunk. */
  push(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
      lines.push(...this.take(chunk.subarray(from, at)), ...this.end());
      from = at + 1;
    }
    lines.push(...this.take(chunk.subarray(from)));
    return lines;
  }

  /** The line that is under way, when nothing more comes: the last one needs no line feed. */
  end(): Line[] {
    const line = this.begun.take();
    this.isDiscarding = false;
    return isBlank(line) ? [] : [line];
  }

  private take(part: Buffer): Line[] {
    if (this.isDiscarding) return [];
    if (this.begun.length + part.length <= this.maxBytes) {
      this.begun.append(part);
      return [];
    }
    this.begun.clear();
    this.isDiscarding = true;
    return [TOO_LONG];
  }
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => BLANKS.has(byte));
}
