import { createHash } from 'node:crypto';
import type { HttpRequest } from '../../../interfaces/http-exchange.interface.js';
import type { Session } from '../../../session/session.js';
import { isAnonymous, ownerKey, ownerOf } from '../../shared/stream-owner.js';

/**
 * Whose budget in the event log the events of a session count for: its user's, else its address's, else its
 * own. A digest, since the log may be on another host.
 */
export function logOwner(session: Session, request: HttpRequest): string {
  if (!isAnonymous(session)) return session.principal;
  const address = ownerKey(ownerOf(session, request)) ?? session.id;
  return createHash('sha256').update(address).digest('base64url');
}
