import type { ContractCase } from './contract-case.js';
import type { RecordedNode } from './recorded-node.js';
import { sessionRecord } from './samples.js';
import { expect } from './test-globals.js';

const TTL = 60_000;

export const HOLDER: readonly ContractCase[] = [
  {
    title: 'reports that the holder of a stream is alive',
    async run({ a, b }) {
      const id = await putHeldBy(a, a.id);
      expect((await b.backplane.sessions.get(id))?.holderAlive).toBe(true);
    },
  },
  {
    title: 'reports no living holder if the session has none',
    async run({ a, b }) {
      const id = await putHeldBy(a, undefined);
      expect((await b.backplane.sessions.get(id))?.holderAlive).toBe(false);
    },
  },
  {
    title: 'keeps the sessions of a node that stopped, without a living holder',
    async run({ a, b }) {
      const id = await putHeldBy(a, a.id);
      await a.backplane.stop();
      const found = await b.backplane.sessions.get(id);
      expect([found?.record.holder, found?.holderAlive]).toEqual([a.id, false]);
    },
  },
  {
    title: 'keeps the sessions of a node that fell silent, without a living holder',
    async run({ a, b, cluster }) {
      const id = await putHeldBy(a, a.id);
      await cluster.lose(a.backplane);
      const found = await b.backplane.sessions.get(id);
      expect([found?.record.holder, found?.holderAlive]).toEqual([a.id, false]);
    },
  },
  {
    title: 'knows the new holder when a session is put by another',
    async run({ a, b, c }) {
      const id = await putHeldBy(a, a.id);
      const { record } = (await b.backplane.sessions.get(id)) ?? { record: sessionRecord() };
      await b.backplane.sessions.put({ ...record, holder: b.id }, TTL);
      await a.backplane.stop();
      const found = await c.backplane.sessions.get(id);
      expect([found?.record.holder, found?.holderAlive]).toEqual([b.id, true]);
    },
  },
];

async function putHeldBy({ backplane }: RecordedNode, holder: string | undefined): Promise<string> {
  const record = sessionRecord({ transport: 'sse', holder });
  await backplane.sessions.put(record, TTL);
  return record.id;
}
