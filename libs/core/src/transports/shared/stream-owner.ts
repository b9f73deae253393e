import type { HttpRequest } from '../../interfaces/http-exchange.interface.js';
import type { Session } from '../../session/session.js';
import { addressKey } from './address-key.js';
import { ANONYMOUS, type Principals } from './principals.js';

/** Who holds a stream or a session: a principal where there is one, else an address. */
export interface StreamOwner {
  readonly principal: string;
  readonly ip: string | undefined;
}

export function streamOwner(request: HttpRequest, principals: Principals): StreamOwner {
  return { principal: principals.of(request), ip: request.ip };
}

/** Who holds a session, wherever the request comes from. */
export function ownerOf(session: Session, { ip }: HttpRequest): StreamOwner {
  return { principal: session.principal, ip };
}

export function isAnonymous({ principal }: Pick<StreamOwner, 'principal'>): boolean {
  return principal === ANONYMOUS;
}

/**
 * What is counted for an owner. Undefined for anonymous ones at a loopback address: behind a proxy on this
 * host, that is everybody's.
 */
export function ownerKey(owner: StreamOwner): string | undefined {
  return isAnonymous(owner) ? addressKey(owner.ip) : owner.principal;
}
