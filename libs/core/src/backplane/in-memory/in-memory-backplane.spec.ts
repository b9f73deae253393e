import { BackplaneUnavailableError } from '../backplane-unavailable.error.js';
import { InMemoryBackplane } from './in-memory-backplane.js';
import { InMemoryBackplaneHub } from './in-memory-backplane-hub.js';
import type { SessionRecord } from '../../interfaces/backplane/session-directory.interface.js';

const HANDLERS = {
  onEnvelope: () => undefined,
  onBus: () => undefined,
  onGap: () => undefined,
};

const record = (id: string): SessionRecord => ({
  id,
  server: 'orders',
  transport: 'streamable-http',
  holder: undefined,
  principal: 'p',
  protocolVersion: '2025-11-25',
  clientInfo: undefined,
  clientCapabilities: {},
  pathParameters: '',
  announcedLists: [],
});

const running: InMemoryBackplane[] = [];

async function started(hub?: InMemoryBackplaneHub): Promise<InMemoryBackplane> {
  const backplane = new InMemoryBackplane(hub);
  await backplane.start(HANDLERS);
  running.push(backplane);
  return backplane;
}

describe('the backplane in memory', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(async () => {
    for (const backplane of running.splice(0)) await backplane.stop();
    jest.useRealTimers();
  });

  it('is separate when it has no hub', async () => {
    const [one, other] = [await started(), await started()];
    await one.sessions.put(record('s'), 1_000);
    expect(await other.sessions.get('s')).toBeUndefined();
    expect(await other.isAlive(one.nodeId)).toBe(false);
  });

  it('has one timer for all sessions, and none when the last one has ended', async () => {
    const backplane = await started();
    expect(jest.getTimerCount()).toBe(0);
    for (let session = 0; session < 100; session++)
      await backplane.sessions.put(record(`${session}`), 90_000);
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('passes its sessions on to a node that joins after the last one left', async () => {
    const hub = new InMemoryBackplaneHub();
    const before = await started(hub);
    await before.sessions.put(record('s'), 60_000);
    await before.stop();
    expect(jest.getTimerCount()).toBe(0);
    const after = await started(hub);
    expect((await after.sessions.get('s'))?.record).toEqual(record('s'));
  });

  it('frees the memory of expired data while no node runs', async () => {
    const hub = new InMemoryBackplaneHub();
    const before = await started(hub);
    await before.sessions.put(record('s'), 1_000);
    await before.stop();
    await started(hub);
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('throws for a reading that was opened before the stop and starts after it', async () => {
    const backplane = await started();
    const key = { session: 's', stream: 'x' };
    const start = await backplane.log.append(key, '', { final: false });
    const events = await backplane.log.read(key, start, new AbortController().signal);
    await backplane.stop();
    const next = events[Symbol.asyncIterator]().next();
    await expect(next).rejects.toThrow(BackplaneUnavailableError);
  });
});
