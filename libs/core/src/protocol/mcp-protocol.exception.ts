import { IntrinsicException } from '@nestjs/common';
import type { JsonObject } from '../interfaces/json.js';

/**
 * An error of the protocol, not of a tool. The client gets a JSON-RPC error with this code, message and data, which
 * models do not usually see. You can also throw it from a tool.
 */
export class McpProtocolException extends IntrinsicException {
  constructor(
    /** The JSON-RPC error code, for example {@link JsonRpcErrorCode.InvalidParams}. */
    readonly code: number,
    message: string,
    readonly data?: JsonObject,
  ) {
    super(message);
    this.name = 'McpProtocolException';
  }
}
