import { EventsExpiredError } from '@nestmcp/core';
import type { BackplaneCluster } from './backplane-cluster.interface.js';
import type { ContractCase, Stage } from './contract-case.js';
import { appendAll, openReading, readUpTo, streamKey, textsAfter } from './log-reading.js';
import { numbered, ODD_IDS } from './samples.js';
import { expect } from './test-globals.js';

const COUNT = 20;

export const LOG_RESUME: readonly ContractCase[] = [
  {
    title: 'resumes at every point of an ended stream, whole and in order, on another node',
    async run({ logs: [a, b] }) {
      const key = streamKey();
      const ids = await appendAll(a, key, numbered(COUNT), { final: true });
      for (const [cut, id] of ids.entries())
        expect(await textsAfter(b, key, id)).toEqual(numbered(COUNT).slice(cut + 1));
    },
  },
  {
    title: 'resumes at every point of a stream that is being written, from node to node',
    async run({ logs }) {
      for (let cut = 1; cut < COUNT; cut++) {
        const key = streamKey();
        const start = await logs[0].append(key, '', { final: false });
        const writing = appendAll(logs[0], key, numbered(COUNT), { final: true });
        const before = await readUpTo(logs[1], key, start, cut);
        const behind = await textsAfter(logs[2], key, before.at(-1)?.id);
        await writing;
        expect([...before.map(({ data }) => data), ...behind]).toEqual(numbered(COUNT));
      }
    },
  },
  {
    title: 'resumes a reading that was cut five times before it got anything',
    async run({ logs: [a, b, c] }) {
      const key = streamKey();
      const start = await a.append(key, '', { final: false });
      for (const log of [b, c, a, b, c]) {
        const leaving = new AbortController();
        const waiting = (await openReading(log, key, start, leaving))();
        leaving.abort();
        expect(await waiting).toBe(undefined);
      }
      const texts = textsAfter(b, key, start);
      await appendAll(a, key, numbered(3), { final: true });
      expect(await texts).toEqual(numbered(3));
    },
  },
  {
    title: 'refuses a stream that never was, and a cursor that no event has, however odd',
    async run({ logs: [a, b] }) {
      const key = streamKey();
      const [id = ''] = await appendAll(a, key, numbered(3), { final: false });
      await expired(readUpTo(b, streamKey(), id));
      const made = ['0', '0-0', '9'.repeat(20), `${id}0`, '$', '-', '+', '>', '(0', '1 1'];
      for (const cursor of [...made, ...ODD_IDS]) await expired(readUpTo(b, key, cursor));
    },
  },
  {
    title: 'refuses an ended stream once its time is over',
    async run({ logs: [a, b], cluster }) {
      const key = streamKey();
      const [start] = await appendAll(a, key, numbered(3), { final: true });
      await cluster.advance(boundsOf(cluster).keepMs + 50);
      await expired(readUpTo(b, key, start));
    },
  },
  {
    title: 'refuses a cursor that was dropped, and resumes whole from one that was not',
    async run({ logs: [a, b], cluster }) {
      const key = streamKey();
      const texts = numbered(boundsOf(cluster).dropsAfter + 1);
      const ids = await appendAll(a, key, texts, { final: true });
      await expired(readUpTo(b, key, ids[0]));
      expect(await textsAfter(b, key, ids.at(-3))).toEqual(texts.slice(-2));
    },
  },
  {
    title: 'never leaves a gap for a reader, even when the stream is trimmed faster than it reads',
    async run({ logs: [a, b], cluster }) {
      const key = streamKey();
      const start = await a.append(key, '', { final: false });
      const texts = numbered(boundsOf(cluster).dropsAfter + 3);
      const next = await openReading(b, key, start);
      const first = next();
      await appendAll(a, key, texts, { final: true });
      const seen = [await first];
      try {
        for (let text = await next(); text !== undefined; text = await next()) seen.push(text);
        expect(seen).toEqual(texts);
      } catch (error) {
        expect(error).toBeInstanceOf(EventsExpiredError);
        expect(seen).toEqual(texts.slice(0, seen.length));
      }
    },
  },
];

async function expired(reading: Promise<unknown>): Promise<void> {
  await expect(reading).rejects.toBeInstanceOf(EventsExpiredError);
}

function boundsOf({ log }: BackplaneCluster): NonNullable<Stage['cluster']['log']> {
  if (log === undefined) throw new TypeError('The cluster does not tell the bounds of its log');
  return log;
}
