/** Revisions that begin with `initialize`, oldest first. */
export const SESSION_REVISIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'] as const;

export type SessionRevision = (typeof SESSION_REVISIONS)[number];

/** Offered to a client that asks for a revision we do not have (lifecycle, Version Negotiation). */
export const LATEST_SESSION_REVISION: SessionRevision = '2025-11-25';

/** The first revision, and so what a client speaks that tells none (2024-11-05 knows no header for it). */
export const OLDEST_SESSION_REVISION: SessionRevision = '2024-11-05';

export function isSessionRevision(version: unknown): version is SessionRevision {
  return SESSION_REVISIONS.some((revision) => revision === version);
}

/** The version to answer `initialize` with: the asked one where we have it, else our latest. */
export function negotiateRevision(requested: string): SessionRevision {
  return isSessionRevision(requested) ? requested : LATEST_SESSION_REVISION;
}

/** The one revision that has batches (2025-03-26 base protocol; removed with 2025-06-18). */
export const BATCH_REVISION: SessionRevision = '2025-03-26';

/** What a request over Streamable HTTP is taken for that names none (2025-06-18 transports, Protocol Version Header). */
export const UNSAID_REVISION: SessionRevision = '2025-03-26';

/** The first revision whose clients come back when the server ends a connection (2025-11-25 transports, Sending Messages to the Server). */
const POLLING_SINCE: SessionRevision = '2025-11-25';

/** Tells whether clients of a revision with sessions come back when a connection is ended before its answer. */
export function comesBack(version: string | undefined): boolean {
  return isSessionRevision(version) && version >= POLLING_SINCE;
}

/** The revision without sessions: each request tells by itself who sends it and what it speaks. */
export const STATELESS_REVISION = '2026-07-28';

/**
 * Every revision that is served, newest first: what `server/discover` lists, and the refusal of another one.
 * Those that begin with `initialize` belong there: a client that speaks none of the newer ones learns from
 * the list that it may fall back (2026-07-28 versioning, Protocol Version Negotiation).
 */
export const SUPPORTED_REVISIONS: readonly string[] = [
  STATELESS_REVISION,
  ...SESSION_REVISIONS.toReversed(),
];
