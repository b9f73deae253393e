import type { JsonRpcErrorCode } from './json-rpc-error-code.js';

/** A fault of the protocol, not of a tool: answered as a JSON-RPC error with this code and message. */
export class McpProtocolError extends Error {
  constructor(
    readonly code: JsonRpcErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'McpProtocolError';
  }
}
