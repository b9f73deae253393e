import type { HttpRequest } from './http-exchange.interface.js';

/**
 * Returns the principal of a request, once the guards have run: a string that is the same for every request of one
 * user, and differs between users. Undefined for an anonymous request.
 */
export type PrincipalReader = (
  request: HttpRequest & { readonly user?: unknown },
) => string | undefined;
