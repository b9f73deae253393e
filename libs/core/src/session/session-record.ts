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
  const { id, transport, principal, pathParameters, holder, peer } = session;
  const { announcedLists, logLevel, isReady, isPresumed } = session;
  const state = { announcedLists, logLevel, isReady, isPresumed };
  return { id, server, transport, principal, pathParameters, holder, ...state, ...peer };
}

/**
 * Brings a node's picture of a session up to the record. A node that knows the session as initialized is
 * ahead of a record that only presumes its revision, and keeps what it knows.
 */
export function restoreTo(session: Session, record: SessionRecord): void {
  const { protocolVersion, clientInfo, clientCapabilities, announcedLists, logLevel } = record;
  if (record.isPresumed === true && session.isInitialized) return;
  if (isSessionRevision(protocolVersion) && !session.isInitialized) {
    if (record.isPresumed === true) session.presume(protocolVersion, announcedLists);
    else session.initialize(protocolVersion, clientInfo, clientCapabilities, announcedLists);
  }
  if (isLogLevel(logLevel)) session.logLevel = logLevel;
  if (record.isReady === true) session.ready();
}
