import type { SessionRecord } from '../interfaces/backplane/session-directory.interface.js';
import { isLogLevel } from '../interfaces/log-level.js';
import { isSessionRevision } from '../protocol/revisions.js';
import type { Session } from './session.js';

/** A session that other nodes may have to know. A session over stdio belongs to its process alone. */
export type SharedSession = Session & { readonly transport: SessionRecord['transport'] };

export function isShared(session: Session): session is SharedSession {
  return session.transport !== 'stdio';
}

/** The record of a session, for the other nodes. */
export function recordOf(session: SharedSession, server: string): SessionRecord {
  const { id, transport, principal, pathParameters, holder, peer } = session;
  const { announcedLists, logLevel, isReady, isPresumed } = session;
  const state = { announcedLists, logLevel, isReady, isPresumed };
  return { id, server, transport, principal, pathParameters, holder, ...state, ...peer };
}

/**
 * Updates a node's copy of a session from its record. If the record only presumes a revision and this node knows that
 * the session is initialized, the node keeps what it knows.
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
