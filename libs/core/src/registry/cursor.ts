import { createHash } from 'node:crypto';

const CHECK_BYTES = 6;

/**
 * Cursors of one list: where a page ended, in a form that means nothing to clients and that others' cursors
 * do not have. It is no secret: whoever decodes one learns an ordinal. Every replica of the same build makes the same ones.
 */
export class Cursors {
  /** `scope` is what tells this list from any other: the server, its version, the kind of the list. */
  constructor(private readonly scope: string) {}

  after(ordinal: number): string {
    return Buffer.from(`${ordinal.toString(36)}.${this.check(ordinal)}`).toString('base64url');
  }

  /** The ordinal of the last entry of the page before; undefined for what is no cursor of this list. */
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
