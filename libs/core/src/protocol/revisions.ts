/** Revisions that begin with `initialize`, oldest first. */
export const SESSION_REVISIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'] as const;

export type SessionRevision = (typeof SESSION_REVISIONS)[number];

/** Offered to a client that asks for a revision we do not have (lifecycle, Version Negotiation). */
export const LATEST_SESSION_REVISION: SessionRevision = '2025-11-25';

export function isSessionRevision(version: unknown): version is SessionRevision {
  return SESSION_REVISIONS.some((revision) => revision === version);
}

/** The version to answer `initialize` with: the asked one where we have it, else our latest. */
export function negotiateRevision(requested: string): SessionRevision {
  return isSessionRevision(requested) ? requested : LATEST_SESSION_REVISION;
}

/** The one revision that has batches (2025-03-26 base protocol; removed with 2025-06-18). */
export const BATCH_REVISION: SessionRevision = '2025-03-26';
