import { CrowdProcess } from '../support/app/crowd-process.js';
import { STATELESS } from '../support/wire/stdio-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';

// Other work on the machine and V8's collections affect these figures, so the best of three counts.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

const KIB = 1_024;
const FAT = 'x'.repeat(4_000_000);
/** The most that a client may send about itself, in a body of the largest size. */
const LARGEST = 'n'.repeat(15 * KIB);
const COUNT = 40;

const initialize = (name: string, more: object = {}): string =>
  JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name, version: '1' },
      ...more,
    },
  });

const call = (id: number): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'deaf' } });

const cancel = (requestId: number): string =>
  JSON.stringify({
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    params: { requestId, reason: FAT },
  });

const LISTEN = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' };
const listen = (id: string): string =>
  JSON.stringify({
    jsonrpc: '2.0',
    id,
    method: 'subscriptions/listen',
    params: { notifications: { toolsListChanged: true, junk: FAT }, _meta: STATELESS },
  });

jest.setTimeout(120_000);

/** Heap and external memory after a collection, in a process of its own, with bodies of 4 MB each. */
describe.each(PLATFORMS)('the memory that one client makes a process keep on %s', (platform) => {
  let server: CrowdProcess;

  beforeAll(async () => {
    server = await CrowdProcess.start(platform);
    // Exclude what is created only once.
    await server.post(initialize('warm', { junk: FAT }));
  });

  afterAll(() => server.stop());

  /** KiB that are kept for each, after all have ended. */
  const perPiece = async (what: string, bound: number, act: () => Promise<void>): Promise<void> => {
    const before = await server.kept();
    await act();
    const after = await server.kept();
    const each = Math.max(0, after.bytes - before.bytes) / COUNT / KIB;
    process.stdout.write(
      `${platform}: ${what}: ${each.toFixed(1)} KiB each of ${COUNT} (bound ${bound} KiB)\n`,
    );
    expect(each).toBeLessThan(bound);
  };

  it('for a name of 4 MB: nothing, it is refused', async () => {
    await perPiece('refused name', 48, async () => {
      for (let nth = 0; nth < COUNT; nth++)
        expect((await server.post(initialize(FAT))).body).toContain('-32602');
    });
  });

  it('for a session: what it may say about itself, and nothing else of the body', async () => {
    await perPiece('session', 48, async () => {
      for (let nth = 0; nth < COUNT; nth++)
        expect((await server.post(initialize(LARGEST, { junk: FAT }))).status).toBe(200);
    });
  });

  it('for a subscription stream: nothing of the request that opened it', async () => {
    expect((await server.post(listen(FAT), LISTEN)).body).toContain('-32600');
    await perPiece('stream', 160, async () => {
      for (let nth = 0; nth < COUNT; nth++)
        (await server.stream(listen(`${nth}`), LISTEN)).resume();
    });
  });

  it('for a cancelled call whose tool continues: nothing of the reason', async () => {
    const sessions: Record<string, string>[] = [];
    for (let nth = 0; nth < COUNT / 10; nth++) {
      const { session = '' } = await server.post(initialize('calls'));
      sessions.push({ 'mcp-session-id': session });
    }
    await perPiece('cancelled call', 160, async () => {
      for (const headers of sessions)
        for (let id = 0; id < 10; id++) server.hold(call(id), headers);
      await server.until(({ running }) => running === COUNT);
      for (const headers of sessions)
        for (let id = 0; id < 10; id++)
          expect((await server.post(cancel(id), headers)).status).toBe(202);
    });
  });
});
