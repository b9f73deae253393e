import type { HttpRequest } from '../../interfaces/http-exchange.interface.js';
import type { Session } from '../../session/session.js';
import type { SessionRegistry } from '../../session/session.registry.js';

/**
 * Where a request came in, as far as its path says: the values of the path's parameters, as the guards see
 * them. Empty for a path without any.
 */
export function placeOf({ params = {} }: HttpRequest): string {
  const values = Object.entries(params);
  if (values.length === 0) return '';
  return JSON.stringify(values.toSorted(([first], [second]) => (first < second ? -1 : 1)));
}

/**
 * The session with that id, if it was opened at the place where the request came in: a session of one
 * tenant is not known at the URL of another.
 */
export function sessionAt(
  sessions: SessionRegistry,
  id: string,
  request: HttpRequest,
): Session | undefined {
  const session = sessions.get(id);
  return session?.place === placeOf(request) ? session : undefined;
}
