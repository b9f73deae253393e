/** Error codes that this package sends itself: those of JSON-RPC 2.0, and those of protocol revision 2026-07-28. */
export enum JsonRpcErrorCode {
  ParseError = -32700,
  InvalidRequest = -32600,
  MethodNotFound = -32601,
  InvalidParams = -32602,
  InternalError = -32603,
  /**
   * A header is missing, malformed, or says something else than the body; HTTP 400
   * (2026-07-28 Streamable HTTP, Server Validation). Not sent to older clients.
   */
  HeaderMismatch = -32020,
  /**
   * The request needs a capability that its client did not declare; `data.requiredCapabilities` has what is
   * missing; HTTP 400 (2026-07-28 base protocol, Per-request protocol fields). Not sent to older clients.
   */
  MissingRequiredClientCapability = -32021,
  /**
   * The request is of a revision that is not served; `data.supported` has those that are,
   * `data.requested` the one that was asked for; HTTP 400 (2026-07-28 versioning). Not sent to older clients.
   */
  UnsupportedProtocolVersion = -32022,
}
