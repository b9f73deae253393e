/** The error codes that this package sends: those of JSON-RPC 2.0, and those of revision 2026-07-28. */
export enum JsonRpcErrorCode {
  ParseError = -32700,
  InvalidRequest = -32600,
  MethodNotFound = -32601,
  InvalidParams = -32602,
  InternalError = -32603,
  /**
   * A header is missing or malformed, or differs from the body. HTTP 400 (2026-07-28 Streamable HTTP, Server
   * Validation). Not sent to clients of session revisions.
   */
  HeaderMismatch = -32020,
  /**
   * The request needs a capability that the client did not declare. `data.requiredCapabilities` has the missing ones.
   * HTTP 400 (2026-07-28 base protocol, Per-request protocol fields). Not sent to clients of session revisions.
   */
  MissingRequiredClientCapability = -32021,
  /**
   * The server does not support the revision of the request. `data.supported` has the supported revisions, and
   * `data.requested` the requested one. HTTP 400 (2026-07-28 versioning). Not sent to clients of session revisions.
   */
  UnsupportedProtocolVersion = -32022,
}
