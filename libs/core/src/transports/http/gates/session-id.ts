import { type HttpRequest, rawRequest } from '../../../interfaces/http-exchange.interface.js';

/**
 * The session id in the URL of an HTTP+SSE message. It is read from the raw query, because frameworks turn
 * `sessionId[]` into arrays and objects. Empty if the query has none or several; no session has an empty id.
 */
export function queriedSessionId(request: HttpRequest): string {
  const { searchParams } = new URL(rawRequest(request).url ?? '/', 'http://localhost');
  const [sessionId = '', ...others] = searchParams.getAll('sessionId');
  return others.length === 0 ? sessionId : '';
}

/** The session id of a Streamable HTTP request; undefined if the `Mcp-Session-Id` header is missing. */
export function headerSessionId({ headers }: HttpRequest): string | undefined {
  const id = headers['mcp-session-id'];
  return typeof id === 'string' ? id : undefined;
}
