import { randomBytes } from 'node:crypto';

const NAME_BYTES = 12;

/** `own`: the standalone stream of a session; `post`: the stream of one POST. */
export type StreamKind = 'own' | 'post';

/**
 * Returns a random name, unique over all sessions and impossible to guess. Its prefix shows every node the
 * kind of the stream.
 */
export function newStreamName(kind: StreamKind): string {
  return `${kind}-${randomBytes(NAME_BYTES).toString('hex')}`;
}

export function isStreamOf(kind: StreamKind, name: string): boolean {
  return name.startsWith(`${kind}-`);
}
