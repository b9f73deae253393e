import type { Envelope } from '@nestmcp/core';
import type { ContractCase } from './contract-case.js';
import type { RecordedNode } from './recorded-node.js';
import { BIG_TEXT, envelope, numbered, ODD_TEXT, patient } from './samples.js';
import { expect } from './test-globals.js';

const KINDS = ['deliver', 'reply', 'close'] as const;

export const DELIVERY: readonly ContractCase[] = [
  {
    title: 'delivers every kind of envelope unchanged',
    async run({ a, b }) {
      const sent = KINDS.map((kind) => envelope({ kind, data: kind === 'close' ? '' : kind }));
      for (const each of sent) expect(await send(a, b, each)).toBe('accepted');
      expect(await b.envelopesUpTo(KINDS.length)).toEqual(sent);
    },
  },
  {
    title: 'delivers to the node addressed, and to no other',
    async run({ a, b, c }) {
      await send(a, b, envelope({ data: 'for b' }));
      await send(a, c, envelope({ data: 'for c' }));
      await b.envelopesUpTo(1);
      await c.envelopesUpTo(1);
      expect([a, b, c].map(textsOf)).toEqual([[], ['for b'], ['for c']]);
    },
  },
  {
    title: 'keeps the order of one sender',
    async run({ a, b }) {
      const texts = numbered(200);
      for (const data of texts) await send(a, b, envelope({ data }));
      await b.envelopesUpTo(texts.length);
      expect(textsOf(b)).toEqual(texts);
    },
  },
  {
    title: 'keeps the order of each sender when all send at once, none waiting',
    async run({ a, b, c }) {
      const senders = [a, b, c];
      await Promise.all(
        senders.flatMap((sender) =>
          numbered(100, `${sender.id} `).map((data) => send(sender, b, envelope({ data }))),
        ),
      );
      await b.envelopesUpTo(300);
      for (const { id } of senders)
        expect(textsOf(b).filter((text) => text.startsWith(`${id} `))).toEqual(
          numbered(100, `${id} `),
        );
    },
  },
  {
    title: 'delivers to the sender itself, after the call and not within it',
    async run({ a }) {
      const sending = send(a, a, envelope({ data: 'to myself' }));
      expect(textsOf(a)).toEqual([]);
      expect(await sending).toBe('accepted');
      await a.envelopesUpTo(1);
      expect(textsOf(a)).toEqual(['to myself']);
    },
  },
  {
    title: 'reports an unknown, a stopped and a lost node as gone',
    async run({ a, b, c, cluster }) {
      await b.backplane.stop();
      await cluster.lose(c.backplane);
      const { signal } = patient();
      expect(await a.backplane.send('unknown', envelope(), { signal })).toBe('gone');
      expect(await send(a, b, envelope())).toBe('gone');
      expect(await send(a, c, envelope())).toBe('gone');
    },
  },
  {
    title: 'keeps the id of an envelope that is sent twice, for the receiver to drop one',
    async run({ a, b }) {
      const twice = envelope({ data: 'twice' });
      await send(a, b, twice);
      await send(a, b, twice);
      await send(a, b, envelope({ data: 'once' }));
      await b.envelopesUpTo(2);
      expect(textsOf(b)).toEqual(['twice', 'once']);
    },
  },
  {
    title: 'delivers a mebibyte',
    async run({ a, b }) {
      await send(a, b, envelope({ data: BIG_TEXT }));
      const [arrived] = await b.envelopesUpTo(1);
      expect(arrived?.data === BIG_TEXT).toBe(true);
    },
  },
  {
    title: 'delivers odd text unchanged',
    async run({ a, b }) {
      const odd = envelope({ sid: ODD_TEXT, ph: ODD_TEXT, server: ODD_TEXT, data: ODD_TEXT });
      await send(a, b, odd);
      expect(await b.envelopesUpTo(1)).toEqual([odd]);
    },
  },
  {
    title: 'sends nothing when the signal has fired, and rejects with its reason',
    async run({ a, b }) {
      const reason = new Error('given up');
      const sending = a.backplane.send(b.id, envelope(), { signal: AbortSignal.abort(reason) });
      await expect(sending).rejects.toBe(reason);
      await send(a, b, envelope({ data: 'next' }));
      await b.envelopesUpTo(1);
      expect(textsOf(b)).toEqual(['next']);
    },
  },
];

async function send(
  from: RecordedNode,
  to: RecordedNode,
  what: Envelope,
): Promise<'accepted' | 'gone'> {
  return await from.backplane.send(to.id, what, patient());
}

function textsOf({ envelopes }: RecordedNode): string[] {
  return envelopes.map(({ data }) => data);
}
