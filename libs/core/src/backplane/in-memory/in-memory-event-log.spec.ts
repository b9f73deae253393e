import { InMemoryEventLog } from './in-memory-event-log.js';
import { EventsExpiredError } from '../events-expired.error.js';

const NEVER = new AbortController().signal;
const own = (owner: string) => ({ final: false, owner });
const key = (session: string, stream = 'x') => ({ session, stream });

async function textsAfter(log: InMemoryEventLog, session: string, id: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { data } of await log.read(key(session), id, NEVER)) texts.push(data);
  return texts;
}

describe('the event log in memory', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('holds 1,000 events of a stream, and drops the oldest', async () => {
    const log = new InMemoryEventLog();
    const ids: string[] = [];
    for (let event = 0; event < 1_001; event++)
      ids.push(await log.append(key('s'), `${event}`, { final: event === 1_000 }));
    await expect(textsAfter(log, 's', ids[0] ?? '')).rejects.toThrow(EventsExpiredError);
    expect(await textsAfter(log, 's', ids[1] ?? '')).toHaveLength(999);
  });

  it('holds a stream for five minutes after its final event', async () => {
    const log = new InMemoryEventLog();
    const id = await log.append(key('s'), '', { final: false });
    await log.append(key('s'), 'end', { final: true });
    await jest.advanceTimersByTimeAsync(5 * 60_000 - 1);
    expect(await textsAfter(log, 's', id)).toEqual(['end']);
    await jest.advanceTimersByTimeAsync(1);
    await expect(textsAfter(log, 's', id)).rejects.toThrow(EventsExpiredError);
  });

  describe('when it is full', () => {
    const CASES = [{ totalBytes: 10_000 }, { bytesPerOwner: 10_000 }];

    it.each(CASES)(
      'evicts for one owner the stream that was idle for longest: %j',
      async (full) => {
        const log = new InMemoryEventLog(full);
        const first = await log.append(key('first'), 'a', own('me'));
        const second = await log.append(key('second'), 'a', own('me'));
        await log.append(key('first'), 'b', { ...own('me'), final: false });
        await log.append(key('third'), 'x'.repeat(9_000), own('me'));
        await expect(textsAfter(log, 'second', second)).rejects.toThrow(EventsExpiredError);
        await log.append(key('first'), 'end', { ...own('me'), final: true });
        expect(await textsAfter(log, 'first', first)).toEqual(['b', 'end']);
      },
    );

    it.each(CASES)('evicts ended streams first: %j', async (full) => {
      const log = new InMemoryEventLog(full);
      const running = await log.append(key('running'), 'a', own('me'));
      const ended = await log.append(key('ended'), 'a', own('me'));
      await log.append(key('ended'), 'b', { ...own('me'), final: true });
      await log.append(key('third'), 'x'.repeat(9_000), own('me'));
      await expect(textsAfter(log, 'ended', ended)).rejects.toThrow(EventsExpiredError);
      await log.append(key('running'), 'end', { ...own('me'), final: true });
      expect(await textsAfter(log, 'running', running)).toEqual(['end']);
    });

    it.each(CASES)('evicts nothing of one owner for another: %j', async (full) => {
      const log = new InMemoryEventLog(full);
      const mine = await log.append(key('mine'), '', own('me'));
      await log.append(key('mine'), 'x'.repeat(4_000), own('me'));
      for (let stream = 0; stream < 50; stream++)
        await log.append(key(`${stream}`), 'y'.repeat(5_000), own('other'));
      await log.append(key('mine'), 'end', { ...own('me'), final: true });
      expect(await textsAfter(log, 'mine', mine)).toEqual(['x'.repeat(4_000), 'end']);
    });

    it('holds at most the total limit and one event, for any number of owners', async () => {
      const log = new InMemoryEventLog({ totalBytes: 100_000 });
      for (let owner = 0; owner < 100; owner++)
        await log.append(key(`${owner}`), 'x'.repeat(5_000), own(`${owner}`));
      expect(log.heldBytes).toBeGreaterThan(90_000);
      expect(log.heldBytes).toBeLessThan(106_000);
    });

    it.each(CASES)(
      'lets a reader that is up to date continue after any eviction: %j',
      async (full) => {
        const log = new InMemoryEventLog(full);
        const start = await log.append(key('read'), '', own('me'));
        const events = (await log.read(key('read'), start, NEVER))[Symbol.asyncIterator]();
        const next = events.next();
        for (let at = 0; at < 5; at++) await log.append(key('other'), 'x'.repeat(9_000), own('me'));
        for (const text of ['a', 'b', 'c'])
          void log.append(key('read'), text.repeat(9_000), own('me'));
        expect((await next).value).toMatchObject({ data: 'a'.repeat(9_000) });
        expect((await events.next()).value).toMatchObject({ data: 'b'.repeat(9_000) });
        expect((await events.next()).value).toMatchObject({ data: 'c'.repeat(9_000) });
        await expect(textsAfter(log, 'read', start)).rejects.toThrow(EventsExpiredError);
      },
    );
  });

  it('drops the oldest events of a stream that is too large alone, but never the newest one', async () => {
    const log = new InMemoryEventLog({ totalBytes: 10_000 });
    const first = await log.append(key('s'), 'x'.repeat(8_000), { final: false });
    const second = await log.append(key('s'), 'y'.repeat(20_000), { final: false });
    await expect(textsAfter(log, 's', first)).rejects.toThrow(EventsExpiredError);
    const reading = textsAfter(log, 's', second);
    await log.append(key('s'), 'end', { final: true });
    expect(await reading).toEqual(['end']);
  });

  it('counts empty events too', async () => {
    const log = new InMemoryEventLog({ totalBytes: 10_000 });
    const first = await log.append(key('0'), '', { final: false });
    for (let session = 1; session < 100; session++)
      await log.append(key(`${session}`), '', { final: false });
    await expect(textsAfter(log, '0', first)).rejects.toThrow(EventsExpiredError);
  });

  it('has free space again after a removal', async () => {
    const log = new InMemoryEventLog({ totalBytes: 10_000 });
    const kept = await log.append(key('kept'), '', { final: false });
    for (let session = 0; session < 20; session++) {
      await log.append(key(`${session}`), 'x'.repeat(8_000), { final: false });
      await log.remove(`${session}`);
    }
    await log.append(key('kept'), 'end', { final: true });
    expect(await textsAfter(log, 'kept', kept)).toEqual(['end']);
  });

  it('has one timer for all streams, and none when no stream expires', async () => {
    const log = new InMemoryEventLog();
    await log.append(key('open'), '', { final: false });
    expect(jest.getTimerCount()).toBe(0);
    for (let session = 0; session < 100; session++)
      await log.append(key(`${session}`), '', { final: true });
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(6 * 60_000);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('refuses a cursor of another log', async () => {
    const [before, after] = [new InMemoryEventLog(), new InMemoryEventLog()];
    const cursor = await before.append(key('s'), '', { final: false });
    await after.append(key('s'), 'other', { final: true });
    await expect(textsAfter(after, 's', cursor)).rejects.toThrow(EventsExpiredError);
  });

  it('throws for a reader that is slower than the trimming of the stream', async () => {
    const log = new InMemoryEventLog({ eventsPerStream: 2 });
    const start = await log.append(key('s'), '', { final: false });
    const events = (await log.read(key('s'), start, NEVER))[Symbol.asyncIterator]();
    for (const text of ['1', '2', '3']) await log.append(key('s'), text, { final: false });
    await expect(events.next()).rejects.toThrow(EventsExpiredError);
  });

  it('leaves no listener on the signal of a reader', async () => {
    const log = new InMemoryEventLog();
    const { signal } = new AbortController();
    const added = jest.spyOn(signal, 'addEventListener');
    const removed = jest.spyOn(signal, 'removeEventListener');
    const start = await log.append(key('s'), '', { final: false });
    const events = (await log.read(key('s'), start, signal))[Symbol.asyncIterator]();
    for (const final of [false, false, true]) {
      const next = events.next();
      await log.append(key('s'), '', { final });
      await next;
    }
    await events.next();
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed).toHaveBeenCalledTimes(1);
  });
});
