/** Why a request of the server was not answered with a result. Nothing of its params or of the response is repeated. */
export const REQUEST_WITHOUT_SESSION = (method: string): string =>
  `The client cannot be sent '${method}': the request that is being answered belongs to no session. Revision 2026-07-28 and Streamable HTTP without sessions have no requests from the server.`;

export const REQUEST_WITHOUT_STREAM = (method: string): string =>
  `The client cannot be sent '${method}': its session has no event stream open at this process. Send a request that belongs to a call through the call.`;

export const REQUEST_WITH_JSON_ANSWER = (method: string): string =>
  `The client cannot be sent '${method}': the call is answered with JSON, and not with an event stream. Leave out the option streamableHttp.json, or connect with HTTP+SSE or stdio.`;

export const CALL_NOT_ACCEPTED =
  'The client cannot be sent a request: the call that it would belong to is not accepted yet.';

export const REQUEST_AFTER_CALL = (method: string): string =>
  `The request '${method}' was given up: the call that it belongs to is over.`;

export const REQUEST_AFTER_SESSION = (method: string): string =>
  `The request '${method}' was given up: the session is over.`;

export const REQUEST_ABORTED = (method: string): string =>
  `The request '${method}' was given up: its signal was aborted.`;

export const REQUEST_TIMED_OUT = (method: string, milliseconds: number): string =>
  `The client did not respond to '${method}' within ${milliseconds / 1000} s.`;

export const TOO_MANY_REQUESTS = (method: string, count: number): string =>
  `The client was not sent '${method}': ${count} requests of its session wait for a response already. Wait for one of them first.`;

export const MALFORMED_RESPONSE = (method: string): string =>
  `The client's response to '${method}' is malformed: result must be an object, and error an object with an integer code and a message.`;
