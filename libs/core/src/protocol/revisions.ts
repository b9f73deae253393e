/** The revisions that begin with `initialize`, oldest first. */
export const SESSION_REVISIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'] as const;

export type SessionRevision = (typeof SESSION_REVISIONS)[number];

/** Offered to a client that asks for a revision that is not supported (lifecycle, Version Negotiation). */
export const LATEST_SESSION_REVISION: SessionRevision = '2025-11-25';

/** The first revision. A client without a revision is treated as this one, because 2024-11-05 has no header for it. */
export const OLDEST_SESSION_REVISION: SessionRevision = '2024-11-05';

export function isSessionRevision(version: unknown): version is SessionRevision {
  return SESSION_REVISIONS.some((revision) => revision === version);
}

/** The revision for the response to `initialize`: the requested one if it is supported, otherwise the latest. */
export function negotiateRevision(requested: string): SessionRevision {
  return isSessionRevision(requested) ? requested : LATEST_SESSION_REVISION;
}

/** The only revision with batches (2025-03-26 base protocol; removed with 2025-06-18). */
export const BATCH_REVISION: SessionRevision = '2025-03-26';

/** The revision of a Streamable HTTP request without a revision (2025-06-18 transports, Protocol Version Header). */
export const UNSAID_REVISION: SessionRevision = '2025-03-26';

/** The first revision whose clients reconnect when the server ends a connection (2025-11-25 transports, Sending Messages to the Server). */
const POLLING_SINCE: SessionRevision = '2025-11-25';

/** Whether clients of a session revision reconnect when the server ends a connection before it has sent the response. */
export function comesBack(version: string | undefined): boolean {
  return isSessionRevision(version) && version >= POLLING_SINCE;
}

/** The revision without sessions: each request carries its client, its revision and its capabilities. */
export const STATELESS_REVISION = '2026-07-28';

/**
 * Every supported revision, newest first, for `server/discover` and for the refusal of another revision. It includes the
 * session revisions, so that clients know that they can fall back to one (2026-07-28 versioning, Protocol Version
 * Negotiation).
 */
export const SUPPORTED_REVISIONS: readonly string[] = [
  STATELESS_REVISION,
  ...SESSION_REVISIONS.toReversed(),
];
