import { createHash } from 'node:crypto';

const CHECK_BYTES = 6;

/**
 * Cursors of one list: where a page ended, in an opaque form that cursors of other lists do not have. A cursor is not a
 * secret: it contains an ordinal. Every replica of the same build makes the same cursors.
 */
export class Cursors {
  /** `scope` identifies the list: the server, its version, and the kind of the list. */
  constructor(private readonly scope: string) {}

  after(ordinal: number): string {
    return Buffer.from(`${ordinal.toString(36)}.${this.check(ordinal)}`).toString('base64url');
  }

  /** The ordinal of the last entry of the page before; undefined if it is not a cursor of this list. */
  read(cursor: unknown): number | undefined {
    if (typeof cursor !== 'string' || cursor.length > 64) return undefined;
    const [digits = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
    const ordinal = Number.parseInt(digits, 36);
    return Number.isSafeInteger(ordinal) && this.after(ordinal) === cursor ? ordinal : undefined;
  }

  private check(ordinal: number): string {
    const hash = createHash('sha256').update(`${this.scope}\n${ordinal}`).digest();
    return hash.subarray(0, CHECK_BYTES).toString('base64url');
  }
}
