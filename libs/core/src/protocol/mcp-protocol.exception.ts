import { IntrinsicException } from '@nestjs/common';
import type { JsonObject } from '../interfaces/json.js';

/**
 * A fault of the protocol, not of a tool: answered as a JSON-RPC error with this code, message and data,
 * which a client's developer sees and a model does not. Thrown by a tool, it passes through as it is.
 */
export class McpProtocolException extends IntrinsicException {
  constructor(
    /** JSON-RPC error code, for example {@link JsonRpcErrorCode.InvalidParams}. */
    readonly code: number,
    message: string,
    readonly data?: JsonObject,
  ) {
    super(message);
    this.name = 'McpProtocolException';
  }
}
