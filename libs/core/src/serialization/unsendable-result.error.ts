import type { McpPrimitive } from '../interfaces/mcp-primitive.interface.js';
import { NOT_SENT } from '../messages/result.messages.js';
import { McpException } from '../protocol/mcp.exception.js';

/** A method returned a value that clients cannot read. The model gets the message, and the log the reason. */
export class UnsendableResultError extends McpException {
  constructor(
    source: Pick<McpPrimitive, 'kind' | 'name'>,
    /** The problem, to complete the sentence "cannot be sent: …". */
    readonly reason: string,
  ) {
    super(NOT_SENT(source, reason));
    this.name = 'UnsendableResultError';
  }
}
