import type { McpPrimitive } from '../interfaces/mcp-primitive.interface.js';
import { McpException } from '../protocol/mcp.exception.js';
import { NO_JSON } from '../messages/result.messages.js';
import { RESULT_TOO_LARGE } from '../messages/call.messages.js';
import type { Problem } from '../protocol/definitions/member-checks.js';
import { UnsendableResultError } from './unsendable-result.error.js';

/**
 * The bytes that a result may still use. They are spent before anything is encoded, so that 50 MB are refused without
 * first becoming 67 MB of base64.
 */
export class ResultBudget {
  private left: number;

  constructor(
    private readonly source: Pick<McpPrimitive, 'kind' | 'name'>,
    readonly bytes: number,
  ) {
    this.left = bytes;
  }

  /** @throws McpException when the result is too large. */
  spend(bytes: number): void {
    this.left -= bytes;
    if (this.left < 0) throw this.exceeded();
  }

  /** @throws McpException when base64 of that many bytes is too large. */
  spendBase64(byteLength: number): void {
    this.spend(Math.ceil(byteLength / 3) * 4);
  }

  exceeded(): McpException {
    return new McpException(RESULT_TOO_LARGE(this.source, this.bytes));
  }

  /** The error for a value that JSON cannot represent. */
  unsendable(what: string): McpException {
    return new UnsendableResultError(this.source, NO_JSON(what));
  }

  /** The error for content that clients would refuse. */
  malformed({ path, words }: Problem): McpException {
    return new UnsendableResultError(this.source, `${path} ${words}`);
  }
}
