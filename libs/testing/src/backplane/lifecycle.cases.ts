import { type Backplane, BackplaneUnavailableError } from '@nestmcp/core';
import type { ContractCase } from './contract-case.js';
import { envelope, patient, sessionRecord } from './samples.js';
import { expect } from './test-globals.js';

export const LIFECYCLE: readonly ContractCase[] = [
  {
    title: 'assigns every node an id of its own, valid in request ids and stream names',
    async run({ a, b, c }) {
      expect(new Set([a.id, b.id, c.id]).size).toBe(3);
      for (const { id } of [a, b, c]) expect(id).toMatch(/^[A-Za-z0-9-]{1,40}$/);
    },
  },
  {
    title: 'knows on every node that every started node is alive',
    async run({ a, b }) {
      for (const { backplane } of [a, b])
        expect([await backplane.isAlive(a.id), await backplane.isAlive(b.id)]).toEqual([
          true,
          true,
        ]);
    },
  },
  {
    title: 'reports an unknown and a stopped node as not alive',
    async run({ a, b }) {
      await b.backplane.stop();
      expect(await a.backplane.isAlive(b.id)).toBe(false);
      expect(await a.backplane.isAlive('unknown')).toBe(false);
    },
  },
  {
    title: 'reports a node that fell silent as not alive once its lease is over',
    async run({ a, b, cluster }) {
      await cluster.lose(b.backplane);
      expect(await a.backplane.isAlive(b.id)).toBe(false);
      expect(await a.backplane.isAlive(a.id)).toBe(true);
    },
  },
  {
    title: 'is up while it runs, and down before and after',
    unstarted: true,
    async run({ a }) {
      expect(a.backplane.health().state).toBe('down');
      await a.start();
      expect(a.backplane.health().state).toBe('up');
      await a.backplane.stop();
      expect(a.backplane.health().state).toBe('down');
    },
  },
  {
    title: 'refuses every call before the start',
    unstarted: true,
    async run({ a }) {
      await refusesAll(a.backplane);
    },
  },
  {
    title: 'refuses every call after the stop',
    async run({ a }) {
      await a.backplane.stop();
      await refusesAll(a.backplane);
    },
  },
  {
    title: 'starts once: neither twice, nor after the stop',
    async run({ a }) {
      await expect(a.start()).rejects.toBeInstanceOf(BackplaneUnavailableError);
      await a.backplane.stop();
      await expect(a.start()).rejects.toBeInstanceOf(BackplaneUnavailableError);
    },
  },
  {
    title: 'stops without a start, and twice',
    unstarted: true,
    async run({ a, b }) {
      await a.backplane.stop();
      await a.backplane.stop();
      await b.start();
      await Promise.all([b.backplane.stop(), b.backplane.stop()]);
      expect(b.backplane.health().state).toBe('down');
    },
  },
];

async function refusesAll(backplane: Backplane): Promise<void> {
  const { sessions, log, nodeId } = backplane;
  const key = { session: 'a', stream: 'b' };
  const calls: (() => Promise<unknown> | undefined)[] = [
    () => sessions.put(sessionRecord(), 1_000),
    () => sessions.get('a'),
    () => sessions.touch('a', 1_000),
    () => sessions.remove('a'),
    () => backplane.isAlive(nodeId),
    () => backplane.send(nodeId, envelope(), patient()),
    () => backplane.broadcast({ kind: 'close', sid: 'a' }),
    () => log?.append(key, '', { final: false }),
    () => log?.read(key, '1', patient().signal),
    () => log?.remove('a'),
  ];
  for (const call of calls) {
    const answer = call();
    if (answer !== undefined)
      await expect(answer).rejects.toBeInstanceOf(BackplaneUnavailableError);
  }
}
