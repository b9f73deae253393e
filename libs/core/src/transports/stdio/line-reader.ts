import { GrowingBytes } from '../../runtime/growing-bytes.js';

const LINE_FEED = 0x0a;
const BLANKS: ReadonlySet<number> = new Set([0x09, 0x0d, 0x20]);

/** Stands for a line that has more bytes than the limit. */
export const TOO_LONG = 'too long';

export type Line = Buffer | typeof TOO_LONG;

/**
 * Splits bytes into lines, no matter where the chunks are cut. A line is decoded only when it is complete. A
 * line that is too long is reported as soon as it exceeds the limit, and the rest of it is discarded. Blank
 * lines are skipped. A carriage return at the end of a line stays, because it is white space in JSON.
 */
export class LineReader {
  private readonly begun: GrowingBytes;
  private isDiscarding = false;

  constructor(private readonly maxBytes: number) {
    this.begun = new GrowingBytes(maxBytes);
  }

  /** Returns the lines that end, or become too long, in this chunk. */
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

  /** Returns the last line when the input has ended. It needs no line feed. */
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
