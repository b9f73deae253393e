import { BackplaneUnavailableError, EventsExpiredError } from '@nestmcp/core';
import type { ContractCase } from './contract-case.js';
import { appendAll, openReading, readUpTo, streamKey, textsAfter } from './log-reading.js';
import { BIG_TEXT } from './samples.js';
import { expect } from './test-globals.js';

export const LOG_ISOLATION: readonly ContractCase[] = [
  {
    title: 'returns no event of another session whose stream has the same name',
    async run({ logs: [a, b] }) {
      const mine = streamKey('get');
      const start = await a.append(mine, '', { final: false });
      for (let session = 0; session < 50; session++)
        await appendAll(b, streamKey('get'), ['foreign', 'foreign'], { final: session % 2 === 0 });
      await b.append(mine, 'mine', { final: true });
      expect(await textsAfter(a, mine, start)).toEqual(['mine']);
    },
  },
  {
    title: 'refuses a cursor of another session, and of another stream of the same session',
    async run({ logs: [a, b] }) {
      const key = streamKey('one');
      const [id = ''] = await appendAll(a, key, ['secret', 'secret'], { final: false });
      const others = [streamKey('one'), { ...key, stream: 'two' }];
      for (const other of others) {
        await expired(readUpTo(b, other, id));
        await a.append(other, 'own', { final: false });
        await expired(readUpTo(b, other, id));
      }
    },
  },
  {
    title: 'does not mistake parts of a key for one another',
    async run({ logs: [a, b] }) {
      const { session } = streamKey();
      const id = await a.append({ session, stream: 'x.y' }, 'secret', { final: false });
      for (const [name, stream] of [
        [`${session}.x`, 'y'],
        [`${session}:x`, 'y'],
        [session, 'x'],
      ])
        await expired(readUpTo(b, { session: name ?? '', stream: stream ?? '' }, id));
    },
  },
  {
    title: 'drops no event of one owner to store those of another',
    async run({ logs: [a, b] }) {
      const mine = streamKey();
      const options = { final: false, owner: 'one' };
      const start = await a.append(mine, '', options);
      await a.append(mine, 'kept', options);
      for (let stream = 0; stream < 12; stream++)
        await appendAll(b, streamKey(), Array<string>(6).fill(BIG_TEXT), {
          final: stream % 2 === 0,
          owner: 'another',
        });
      await a.append(mine, 'end', { ...options, final: true });
      expect(await textsAfter(b, mine, start)).toEqual(['kept', 'end']);
    },
  },
  {
    title: 'forgets all streams of a session that is removed, and none of another',
    async run({ logs: [a, b] }) {
      const gone = streamKey('one');
      const also = { ...gone, stream: 'two' };
      const kept = streamKey('one');
      const [id] = await appendAll(a, gone, ['1', '2'], { final: false });
      const [second] = await appendAll(a, also, ['1', '2'], { final: true });
      const [other] = await appendAll(a, kept, ['1', '2'], { final: true });
      await b.remove(gone.session);
      await b.remove(gone.session);
      await expired(readUpTo(a, gone, id));
      await expired(readUpTo(a, also, second));
      expect(await textsAfter(a, kept, other)).toEqual(['2']);
    },
  },
  {
    title: 'does not let a reading that waits go on when its session is removed',
    async run({ logs: [a, b] }) {
      const key = streamKey();
      const start = await a.append(key, '', { final: false });
      const waiting = (await openReading(b, key, start))();
      await Promise.all([expired(waiting), a.remove(key.session)]);
    },
  },
  {
    title: 'does not let a reading that waits end as if it were whole when its node stops',
    async run({ logs: [a, b], b: node }) {
      const key = streamKey();
      const start = await a.append(key, '', { final: false });
      const waiting = (await openReading(b, key, start))();
      await Promise.all([
        expect(waiting).rejects.toBeInstanceOf(BackplaneUnavailableError),
        node.backplane.stop(),
      ]);
    },
  },
  {
    title: 'holds the events of a node that stopped, for others to go on with',
    async run({ logs: [a, b], a: node }) {
      const key = streamKey();
      const [start] = await appendAll(a, key, ['', 'by a'], { final: false });
      await node.backplane.stop();
      await b.append(key, 'by b', { final: true });
      expect(await textsAfter(b, key, start)).toEqual(['by a', 'by b']);
    },
  },
];

async function expired(reading: Promise<unknown>): Promise<void> {
  await expect(reading).rejects.toBeInstanceOf(EventsExpiredError);
}
