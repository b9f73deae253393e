import type { HttpRequest } from '../../interfaces/http-exchange.interface.js';
import type { Session } from '../../session/session.js';
import { addressKey } from './address-key.js';
import { ANONYMOUS, type Principals } from './principals.js';

/** The owner of a stream or a session: a principal, or an address if the client is anonymous. */
export interface StreamOwner {
  readonly principal: string;
  readonly ip: string | undefined;
}

export function streamOwner(request: HttpRequest, principals: Principals): StreamOwner {
  return { principal: principals.of(request), ip: request.ip };
}

/**
 * The owner of a session. The address is that of the request, which may differ from the one that opened the
 * session.
 */
export function ownerOf(session: Session, { ip }: HttpRequest): StreamOwner {
  return { principal: session.principal, ip };
}

export function isAnonymous({ principal }: Pick<StreamOwner, 'principal'>): boolean {
  return principal === ANONYMOUS;
}

/**
 * The key by which an owner is counted. Undefined for an anonymous owner at a loopback address: behind a
 * proxy on the same host, all clients have that address.
 */
export function ownerKey(owner: StreamOwner): string | undefined {
  return isAnonymous(owner) ? addressKey(owner.ip) : owner.principal;
}
