/** Refusals of the transports. They are constants, and repeat nothing of a request. */
export const SHUTTING_DOWN = 'Server shutting down';
export const HOST_NOT_ALLOWED = 'Host not allowed';
export const ORIGIN_NOT_ALLOWED = 'Origin not allowed';
export const QUERY_TOO_LONG = 'URI too long: the query of a stream has at most 8,192 characters';
export const NOT_A_PAGE = 'Not acceptable: this is a stream for MCP clients, not a page';
export const NOT_ACCEPTABLE = 'Not acceptable: the client must accept text/event-stream';
export const POST_NOT_ACCEPTABLE =
  'Not acceptable: the client must accept application/json and text/event-stream';
export const UNSUPPORTED_MEDIA_TYPE =
  'Unsupported media type: the body must be application/json in UTF-8, without content encoding';
export const BODY_TOO_SLOW = 'Request body took too long';
export const BODY_TOO_LARGE = 'Request body too large';
export const BODY_IN_TINY_CHUNKS = 'Request body sent in too many tiny chunks';
export const TOO_MANY_BODIES = 'Too many request bodies at once';
export const MALFORMED_JSON = 'Parse error: the body is not valid JSON in UTF-8';
export const JSON_TOO_DEEP = 'Invalid request: the message is nested too deeply';
export const JSON_TOO_MANY_NODES = 'Invalid request: the message has too many values';
export const DUPLICATE_MEMBER = 'Invalid request: an object of the message has a duplicate member';
export const RESERVED_MEMBER =
  'Invalid message: members named __proto__, constructor and prototype are not allowed';
export const NOT_A_MESSAGE = 'Invalid request: the body must be one JSON-RPC 2.0 message';
export const UNUSABLE_ID =
  'Invalid request: id must be a string of at most 256 bytes, or a whole number written in digits';
export const SESSION_NOT_FOUND = 'Session not found';
export const TOO_MANY_STREAMS = 'Too many open streams';
export const TOO_MANY_CALLS = 'Too many calls running in this session';
export const DUPLICATE_ID = 'Invalid request: a call with this id is still running';
export const NOT_ROUTED = 'Not found';
export const SESSION_ID_MISSING = 'Invalid request: the Mcp-Session-Id header is missing';
export const TOO_MANY_SESSIONS = 'Too many sessions';
export const STREAM_ALREADY_OPEN = 'Invalid request: this session already has an open stream';
export const CANNOT_RESUME = 'Invalid request: cannot resume from this event';
export const INITIALIZE_IN_BATCH = 'Invalid request: initialize cannot be part of a batch';
export const LISTEN_NEEDS_A_STREAM =
  'Method not found: subscriptions/listen needs an event stream, and this server answers with JSON only';
export const POST_NOT_ACCEPTABLE_AS_JSON =
  'Not acceptable: the client must accept application/json';
export const NOT_A_REQUEST = 'Invalid request: clients do not send responses in this revision';
export const TOO_MANY_CALLS_AT_ONCE = 'Too many calls running';
export const BACKPLANE_DOWN = 'Other nodes cannot be reached';
