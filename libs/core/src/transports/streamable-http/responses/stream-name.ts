import { randomBytes } from 'node:crypto';

const NAME_BYTES = 12;

/** `own`: the stream of a session that belongs to no POST; `post`: that of one POST. */
export type StreamKind = 'own' | 'post';

/** A name that no other stream of any session has, and nobody can guess; every node can tell its kind. */
export function newStreamName(kind: StreamKind): string {
  return `${kind}-${randomBytes(NAME_BYTES).toString('hex')}`;
}

export function isStreamOf(kind: StreamKind, name: string): boolean {
  return name.startsWith(`${kind}-`);
}
