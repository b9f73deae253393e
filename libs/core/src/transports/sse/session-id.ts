import { type HttpRequest, rawRequest } from '../../interfaces/http-exchange.interface.js';

/**
 * The session that a message names, from the raw query: frameworks make arrays and objects of
 * `sessionId[]`. Empty, which no session has for an id, where it names none or several.
 */
export function sessionIdOf(request: HttpRequest): string {
  const { searchParams } = new URL(rawRequest(request).url ?? '/', 'http://localhost');
  const [sessionId = '', ...others] = searchParams.getAll('sessionId');
  return others.length === 0 ? sessionId : '';
}
