import { createHash } from 'node:crypto';
import type { HttpRequest } from '../../../interfaces/http-exchange.interface.js';
import type { Session } from '../../../session/session.js';
import { isAnonymous, ownerKey, ownerOf } from '../../shared/stream-owner.js';

/**
 * The owner for whom the events of a session count in the event log: the principal, the address, or the
 * session itself for an anonymous client at a loopback address. It is a digest, because the log may be on
 * another host.
 */
export function logOwner(session: Session, request: HttpRequest): string {
  if (!isAnonymous(session)) return session.principal;
  const address = ownerKey(ownerOf(session, request)) ?? session.id;
  return createHash('sha256').update(address).digest('base64url');
}
