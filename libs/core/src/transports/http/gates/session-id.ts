import { type HttpRequest, rawRequest } from '../../../interfaces/http-exchange.interface.js';

/**
 * The session that a message of HTTP+SSE names, from the raw query: frameworks make arrays and objects of
 * `sessionId[]`. Empty, which no session has for an id, where it names none or several.
 */
export function queriedSessionId(request: HttpRequest): string {
  const { searchParams } = new URL(rawRequest(request).url ?? '/', 'http://localhost');
  const [sessionId = '', ...others] = searchParams.getAll('sessionId');
  return others.length === 0 ? sessionId : '';
}

/** The session that a request of Streamable HTTP names; undefined where the header is missing. */
export function headerSessionId({ headers }: HttpRequest): string | undefined {
  const id = headers['mcp-session-id'];
  return typeof id === 'string' ? id : undefined;
}
