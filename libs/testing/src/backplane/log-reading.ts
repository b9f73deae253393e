import { randomUUID } from 'node:crypto';
import type { AppendOptions, EventLog, LoggedEvent, StreamKey } from '@nestmcp/core';
import { patient } from './samples.js';

/** A stream that no other case has. */
export function streamKey(stream = 'node-1.1'): StreamKey {
  return { session: randomUUID(), stream };
}

/** Appends texts, the last one as the final event if asked to, and returns the ids of all. */
export async function appendAll(
  log: EventLog,
  key: StreamKey,
  texts: readonly string[],
  { final, ...options }: AppendOptions,
): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, text] of texts.entries())
    ids.push(
      await log.append(key, text, { ...options, final: final && index === texts.length - 1 }),
    );
  return ids;
}

/** Reads up to a number of events, or to the end. */
export async function readUpTo(
  log: EventLog,
  key: StreamKey,
  after: string | undefined,
  count = Infinity,
): Promise<LoggedEvent[]> {
  const leaving = new AbortController();
  const events: LoggedEvent[] = [];
  for await (const event of await log.read(key, after ?? '', leaving.signal)) {
    events.push(event);
    if (events.length >= count) break;
  }
  leaving.abort();
  return events;
}

/** Reads to the end, and returns only the data. */
export async function textsAfter(
  log: EventLog,
  key: StreamKey,
  after: string | undefined,
): Promise<string[]> {
  return (await readUpTo(log, key, after)).map(({ data }) => data);
}

/** Reads event by event. `next()` returns the data, or undefined at the end. */
export async function openReading(
  log: EventLog,
  key: StreamKey,
  after: string,
  { signal } = patient(),
): Promise<() => Promise<string | undefined>> {
  const iterator = (await log.read(key, after, signal))[Symbol.asyncIterator]();
  return async () => {
    const next = await iterator.next();
    return next.done === true ? undefined : next.value.data;
  };
}
