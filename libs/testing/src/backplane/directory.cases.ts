import type { ContractCase } from './contract-case.js';
import { numbered, ODD_IDS, sessionRecord } from './samples.js';
import { expect } from './test-globals.js';

const TTL = 1_000;

export const DIRECTORY: readonly ContractCase[] = [
  {
    title: 'returns on every node the whole record that was put on one',
    async run({ a, b, c }) {
      const record = sessionRecord({ logLevel: 'debug' });
      await a.backplane.sessions.put(record, TTL);
      for (const { backplane } of [a, b, c])
        expect((await backplane.sessions.get(record.id))?.record).toEqual(record);
    },
  },
  {
    title: 'distinguishes what a client did not send from what it sent',
    async run({ a, b }) {
      const silent = { protocolVersion: undefined, clientInfo: undefined, clientCapabilities: {} };
      const record = sessionRecord(silent);
      await a.backplane.sessions.put(record, TTL);
      expect((await b.backplane.sessions.get(record.id))?.record).toEqual(record);
    },
  },
  {
    title: 'does not know an id that was never put, however odd',
    async run({ a, b }) {
      await a.backplane.sessions.put(sessionRecord(), TTL);
      for (const id of ODD_IDS) {
        expect(await b.backplane.sessions.get(id)).toBe(undefined);
        expect(await b.backplane.sessions.touch(id, TTL)).toBe(false);
      }
    },
  },
  {
    title: 'replaces a record whole',
    async run({ a, b }) {
      const record = sessionRecord({ logLevel: 'debug' });
      const { logLevel: _, ...next } = { ...record, protocolVersion: '2025-06-18' };
      await a.backplane.sessions.put(record, TTL);
      await b.backplane.sessions.put(next, TTL);
      expect((await a.backplane.sessions.get(record.id))?.record).toEqual(next);
    },
  },
  {
    title: 'returns a copy of the record',
    async run({ a }) {
      const record = sessionRecord();
      await a.backplane.sessions.put(record, TTL);
      Object.assign((await a.backplane.sessions.get(record.id))?.record ?? {}, { principal: 'me' });
      expect((await a.backplane.sessions.get(record.id))?.record).toEqual(record);
    },
  },
  {
    title: 'forgets a session at its time, and takes it in again',
    async run({ a, b, cluster }) {
      const record = sessionRecord();
      await a.backplane.sessions.put(record, TTL);
      await cluster.advance(TTL + 50);
      expect(await b.backplane.sessions.get(record.id)).toBe(undefined);
      expect(await b.backplane.sessions.touch(record.id, TTL)).toBe(false);
      await a.backplane.sessions.put(record, TTL);
      expect((await b.backplane.sessions.get(record.id))?.record).toEqual(record);
    },
  },
  {
    title: 'keeps a session alive that is touched, on any node',
    async run({ a, b, c, cluster }) {
      const record = sessionRecord();
      await a.backplane.sessions.put(record, TTL);
      for (const { backplane } of [b, c, a]) {
        await cluster.advance(TTL * 0.6);
        expect(await backplane.sessions.touch(record.id, TTL)).toBe(true);
      }
      await cluster.advance(TTL * 0.6);
      expect((await b.backplane.sessions.get(record.id))?.record).toEqual(record);
    },
  },
  {
    title: 'lets a session live on that is put again',
    async run({ a, cluster }) {
      const record = sessionRecord();
      await a.backplane.sessions.put(record, TTL);
      await cluster.advance(TTL * 0.6);
      await a.backplane.sessions.put(record, TTL);
      await cluster.advance(TTL * 0.6);
      expect((await a.backplane.sessions.get(record.id))?.record).toEqual(record);
    },
  },
  {
    title: 'forgets what is removed, on any node, and removes twice',
    async run({ a, b }) {
      const record = sessionRecord();
      await a.backplane.sessions.put(record, TTL);
      await b.backplane.sessions.remove(record.id);
      await b.backplane.sessions.remove(record.id);
      expect(await a.backplane.sessions.get(record.id)).toBe(undefined);
      expect(await a.backplane.sessions.touch(record.id, TTL)).toBe(false);
    },
  },
  {
    title: 'loses none of many sessions that come and go at once',
    async run({ a, b, c }) {
      const records = numbered(300).map((name) => sessionRecord({ server: name }));
      const removed = new Set(records.filter((_, index) => index % 3 === 0));
      await Promise.all(records.map((record) => a.backplane.sessions.put(record, 60_000)));
      await Promise.all([...removed].map(({ id }) => b.backplane.sessions.remove(id)));
      const found = await Promise.all(records.map(({ id }) => c.backplane.sessions.get(id)));
      expect(found.map((session) => session?.record)).toEqual(
        records.map((record) => (removed.has(record) ? undefined : record)),
      );
    },
  },
];
