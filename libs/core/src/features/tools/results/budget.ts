import { McpException } from '../../../protocol/mcp.exception.js';
import { NO_JSON } from '../../../messages/result.messages.js';
import { RESULT_TOO_LARGE } from '../../../messages/call.messages.js';
import type { Problem } from '../../../protocol/definitions/member-checks.js';
import { UnsendableResultError } from './unsendable-result.error.js';

/**
 * What a result may still take of the bytes that it may have. It is spent ahead of any encoding: 50 MB are
 * refused without having been made 67 MB of base64 first.
 */
export class ResultBudget {
  private left: number;

  constructor(
    private readonly toolName: string,
    readonly bytes: number,
  ) {
    this.left = bytes;
  }

  /** @throws McpException when the result is too large. */
  spend(bytes: number): void {
    this.left -= bytes;
    if (this.left < 0) throw this.exceeded();
  }

  /** @throws McpException when base64 of so many bytes is too large. */
  spendBase64(byteLength: number): void {
    this.spend(Math.ceil(byteLength / 3) * 4);
  }

  exceeded(): McpException {
    return new McpException(RESULT_TOO_LARGE(this.toolName, this.bytes));
  }

  /** Of a value that JSON cannot carry. */
  unsendable(what: string): McpException {
    return new UnsendableResultError(this.toolName, NO_JSON(what));
  }

  /** Of content that clients would refuse. */
  malformed({ place, words }: Problem): McpException {
    return new UnsendableResultError(this.toolName, `${place} ${words}`);
  }
}
