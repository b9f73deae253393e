import type { ContractCase } from './contract-case.js';
import { envelope, patient } from './samples.js';
import { expect } from './test-globals.js';

export const FAILURE: readonly ContractCase[] = [
  {
    title: 'goes on behind an envelope whose handler throws, and counts it',
    async run({ a, b }) {
      const poison = envelope({ data: 'poison' });
      b.onArrival = (arrived) => {
        if ('id' in arrived && arrived.id === poison.id) throw new Error('poison');
      };
      await a.backplane.send(b.id, poison, patient());
      await a.backplane.send(b.id, envelope({ data: 'next' }), patient());
      expect((await b.envelopesUpTo(1)).map(({ data }) => data)).toEqual(['next']);
      expect(b.backplane.health().skipped > 0).toBe(true);
      expect(a.backplane.health().skipped).toBe(0);
    },
  },
  {
    title: 'goes on behind a bus event whose handler throws, and counts it',
    async run({ a, b }) {
      b.onArrival = (arrived) => {
        if ('sid' in arrived && arrived.sid === 'poison') throw new Error('poison');
      };
      await a.backplane.broadcast({ kind: 'close', sid: 'poison' });
      await a.backplane.broadcast({ kind: 'close', sid: 'next' });
      expect(await b.eventsUpTo(1)).toEqual([{ kind: 'close', sid: 'next' }]);
      expect(b.backplane.health().skipped > 0).toBe(true);
    },
  },
  {
    title: 'calls no handler of a stopped node, not even with what was on its way',
    async run({ a, b, c }) {
      const sending = [
        a.backplane.send(b.id, envelope(), patient()),
        a.backplane.broadcast({ kind: 'close', sid: 'x' }),
      ];
      await b.backplane.stop();
      const before = [b.envelopes.length, b.bus.length];
      await Promise.all(sending);
      await a.backplane.broadcast({ kind: 'close', sid: 'y' });
      await c.eventsUpTo(2);
      expect([b.envelopes.length, b.bus.length]).toEqual(before);
    },
  },
  {
    title: 'reports a gap only if there is one',
    async run({ a, b, c }) {
      await a.backplane.send(b.id, envelope(), patient());
      await b.envelopesUpTo(1);
      expect([a, b, c].flatMap(({ gaps }) => gaps)).toEqual([]);
    },
  },
];
