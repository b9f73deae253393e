/** Why a request of the server has no result. They repeat nothing of its params or of the response. */
export const REQUEST_WITHOUT_SESSION = (method: string): string =>
  `Cannot send '${method}' to the client: the request that is being answered does not belong to a session. A server cannot send requests in revision 2026-07-28, nor over Streamable HTTP without sessions.`;

export const REQUEST_WITHOUT_STREAM = (method: string): string =>
  `Cannot send '${method}' to the client: its session has no event stream open at this process. If the request belongs to a call, send it through the call.`;

export const REQUEST_WITH_JSON_ANSWER = (method: string): string =>
  `Cannot send '${method}' to the client: the call is answered with JSON, not with an event stream. Remove the option streamableHttp.json, or connect with HTTP+SSE or stdio.`;

export const CALL_NOT_ACCEPTED =
  'Cannot send a request to the client: the call that it belongs to is not accepted yet.';

export const REQUEST_AFTER_CALL = (method: string): string =>
  `The request '${method}' was cancelled: the call that it belongs to is over.`;

export const REQUEST_AFTER_SESSION = (method: string): string =>
  `The request '${method}' was cancelled: the session is over.`;

export const REQUEST_ABORTED = (method: string): string =>
  `The request '${method}' was cancelled: its signal was aborted.`;

export const REQUEST_TIMED_OUT = (method: string, milliseconds: number): string =>
  `The client did not respond to '${method}' within ${milliseconds / 1000} s.`;

export const TOO_MANY_REQUESTS = (method: string, count: number): string =>
  `Cannot send '${method}' to the client: ${count} requests of its session already wait for a response. Wait for one of them first.`;

export const MALFORMED_RESPONSE = (method: string): string =>
  `The client's response to '${method}' is malformed: result must be an object, and error an object with an integer code and a message.`;
