import { NOT_SENT } from '../../../messages/result.messages.js';
import { McpException } from '../../../protocol/mcp.exception.js';

/** A tool returned what no client could read: the model and the log are told of it. */
export class UnsendableResultError extends McpException {
  constructor(
    toolName: string,
    /** What is wrong, in words that follow "cannot be sent: ". */
    readonly reason: string,
  ) {
    super(NOT_SENT(toolName, reason));
    this.name = 'UnsendableResultError';
  }
}
