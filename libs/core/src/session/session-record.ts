import type { SessionRecord } from '../interfaces/backplane/session-directory.interface.js';
import { isLogLevel } from '../interfaces/log-level.js';
import { isSessionRevision } from '../protocol/revisions.js';
import type { Session } from './session.js';

/** A session that other nodes may have to know of: one of a process's own streams is nobody else's. */
export type SharedSession = Session & { readonly transport: SessionRecord['transport'] };

export function isShared(session: Session): session is SharedSession {
  return session.transport !== 'stdio';
}

/** What other nodes have to know of a session. */
export function recordOf(session: SharedSession, server: string): SessionRecord {
  const { id, transport, principal, place, holder, peer, promises, logLevel, isReady } = session;
  return { id, server, transport, principal, place, holder, promises, logLevel, isReady, ...peer };
}

/** Brings a node's picture of a session up to the record. */
export function restoreTo(session: Session, record: SessionRecord): void {
  const { protocolVersion, clientInfo, clientCapabilities, promises, logLevel } = record;
  if (isLogLevel(logLevel)) session.logLevel = logLevel;
  if (isSessionRevision(protocolVersion) && !session.isInitialized)
    session.initialize(protocolVersion, clientInfo, clientCapabilities, promises);
  if (record.isReady === true) session.ready();
}
