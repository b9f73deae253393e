import type { HttpRequest } from './http-exchange.interface.js';

/**
 * Tells whose a request is, once the guards have run: a text that is the same for the same user, and for
 * nobody else. Undefined for an anonymous one.
 */
export type PrincipalReader = (
  request: HttpRequest & { readonly user?: unknown },
) => string | undefined;
