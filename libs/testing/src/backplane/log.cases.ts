import type { ContractCase } from './contract-case.js';
import { appendAll, openReading, readUpTo, streamKey, textsAfter } from './log-reading.js';
import { BIG_TEXT, numbered, ODD_TEXT } from './samples.js';
import { expect } from './test-globals.js';

export const LOG: readonly ContractCase[] = [
  {
    title: 'assigns events unique ids of one or two numbers',
    async run({ logs: [a, b] }) {
      const key = streamKey();
      const ids = await appendAll(a, key, numbered(50), { final: false });
      ids.push(...(await appendAll(b, key, numbered(50), { final: true })));
      expect(new Set(ids).size).toBe(100);
      for (const id of ids) expect(id).toMatch(/^[0-9]{1,20}(?:-[0-9]{1,20})?$/);
    },
  },
  {
    title: 'returns on every node the events after a cursor, in order, with id and end',
    async run({ logs }) {
      const key = streamKey();
      const [first, ...ids] = await appendAll(logs[0], key, numbered(5), { final: true });
      const expected = ids.map((id, index) => ({ id, data: `${index + 1}`, final: index === 3 }));
      for (const log of logs) expect(await readUpTo(log, key, first)).toEqual(expected);
    },
  },
  {
    title: 'ends at once behind the final event',
    async run({ logs: [a, b] }) {
      const key = streamKey();
      const ids = await appendAll(a, key, numbered(2), { final: true });
      expect(await textsAfter(b, key, ids[1])).toEqual([]);
    },
  },
  {
    title: 'goes on with what is appended meanwhile, on any node, and ends with the final event',
    async run({ logs: [a, b, c] }) {
      const key = streamKey();
      const start = await a.append(key, '', { final: false });
      const next = await openReading(b, key, start);
      for (const [log, text] of [
        [a, 'one'],
        [b, 'two'],
        [c, 'three'],
      ] as const) {
        const reading = next();
        await log.append(key, text, { final: text === 'three' });
        expect(await reading).toBe(text);
      }
      expect(await next()).toBe(undefined);
    },
  },
  {
    title: 'misses nothing that is appended while it is being read',
    async run({ logs: [a, b] }) {
      const key = streamKey();
      const start = await a.append(key, '', { final: false });
      const [texts] = await Promise.all([
        textsAfter(b, key, start),
        appendAll(a, key, numbered(40), { final: true }),
      ]);
      expect(texts).toEqual(numbered(40));
    },
  },
  {
    title: 'returns every event to each of two readers',
    async run({ logs: [a, b] }) {
      const key = streamKey();
      const start = await a.append(key, '', { final: false });
      const readings = [a, b, b].map((log) => textsAfter(log, key, start));
      await appendAll(a, key, numbered(10), { final: true });
      for (const texts of await Promise.all(readings)) expect(texts).toEqual(numbered(10));
    },
  },
  {
    title: 'has one order for all readers when several nodes append at once, each in its own',
    async run({ logs: [a, b, c] }) {
      const key = streamKey('get');
      const start = await a.append(key, '', { final: false });
      await Promise.all(
        [a, b, c].map((log, n) => appendAll(log, key, numbered(15, `${n} `), { final: false })),
      );
      await a.append(key, 'end', { final: true });
      const seen = await textsAfter(a, key, start);
      expect(await textsAfter(b, key, start)).toEqual(seen);
      for (const prefix of ['0 ', '1 ', '2 '])
        expect(seen.filter((text) => text.startsWith(prefix))).toEqual(numbered(15, prefix));
    },
  },
  {
    title: 'holds empty, odd and large data unchanged',
    async run({ logs: [a, b] }) {
      const key = streamKey();
      const start = await a.append(key, '', { final: false });
      const texts = ['', ODD_TEXT, BIG_TEXT, ''];
      await appendAll(a, key, texts, { final: true });
      const read = await textsAfter(b, key, start);
      expect(read.map((text, index) => text === texts[index])).toEqual([true, true, true, true]);
    },
  },
  {
    title: 'ends a reading when its signal fires: one that waits, and one not begun',
    async run({ logs: [a, b] }) {
      const key = streamKey();
      const start = await a.append(key, '', { final: false });
      const leaving = new AbortController();
      const next = await openReading(b, key, start, leaving);
      const other = await openReading(b, key, start, leaving);
      const waiting = next();
      leaving.abort();
      expect(await waiting).toBe(undefined);
      await a.append(key, 'late', { final: true });
      expect(await other()).toBe(undefined);
    },
  },
];
