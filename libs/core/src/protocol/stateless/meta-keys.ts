/** Reserved keys of `_meta` (2026-07-28 base protocol, `_meta`, Reserved keys). */
const PREFIX = 'io.modelcontextprotocol/';

/** On a request: the revision that it is of. Required. */
export const META_PROTOCOL_VERSION = `${PREFIX}protocolVersion`;
/** On a request: name and version of the client. */
export const META_CLIENT_INFO = `${PREFIX}clientInfo`;
/** On a request: what the client can do for it. Required. */
export const META_CLIENT_CAPABILITIES = `${PREFIX}clientCapabilities`;
/** On a request: the least level of log messages that it wants; without it, none may be sent. */
export const META_LOG_LEVEL = `${PREFIX}logLevel`;
/** On a notification of a `subscriptions/listen` stream: the id of that request. */
export const META_SUBSCRIPTION_ID = `${PREFIX}subscriptionId`;
/** On a result: name and version of the server. */
export const META_SERVER_INFO = `${PREFIX}serverInfo`;
