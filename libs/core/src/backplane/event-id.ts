import type { EventId } from '../interfaces/backplane/event-log.interface.js';

const STREAM = /^[A-Za-z0-9.-]{1,80}$/;
const ENTRY = /^[0-9]{1,20}(?:-[0-9]{1,20})?$/;

/**
 * The id of an event as it is sent, `<stream>_<entry>`. It does not contain the session, so that it does not reveal a
 * session id.
 * @throws TypeError for names outside the grammar, which {@link readEventId} cannot read.
 */
export function eventIdOf(stream: string, entry: EventId): string {
  if (!STREAM.test(stream) || !ENTRY.test(entry))
    throw new TypeError('not the name of a stream and of its entry');
  return `${stream}_${entry}`;
}

/** Reads the value of a `Last-Event-ID` header. Undefined for anything that {@link eventIdOf} does not write. */
export function readEventId(value: unknown): { stream: string; entry: EventId } | undefined {
  if (typeof value !== 'string') return undefined;
  const [stream = '', entry = '', ...more] = value.split('_', 3);
  if (more.length > 0 || !STREAM.test(stream) || !ENTRY.test(entry)) return undefined;
  return { stream, entry };
}
