/** Reserved keys of `_meta` (2026-07-28 base protocol, `_meta`, Reserved keys). */
const PREFIX = 'io.modelcontextprotocol/';

/** On a request: its revision. Required. */
export const META_PROTOCOL_VERSION = `${PREFIX}protocolVersion`;
/** On a request: name and version of the client. */
export const META_CLIENT_INFO = `${PREFIX}clientInfo`;
/** On a request: the capabilities of the client. Required. */
export const META_CLIENT_CAPABILITIES = `${PREFIX}clientCapabilities`;
/** On a request: the lowest level of log messages to send. Without it, the server must not send any. */
export const META_LOG_LEVEL = `${PREFIX}logLevel`;
/** On a notification of a `subscriptions/listen` stream: the id of that request. */
export const META_SUBSCRIPTION_ID = `${PREFIX}subscriptionId`;
/** On a result: name and version of the server. */
export const META_SERVER_INFO = `${PREFIX}serverInfo`;
