import { CrowdProcess } from '../support/app/crowd-process.js';
import { PLATFORMS } from '../support/app/test-app.js';

// Other work on the machine and V8's collections affect these figures, so the best of three counts.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

const FLOOD = 10_000;
const ABREAST = 32;
/** Anonymous clients can have three quarters of 10,000 sessions and 1,000 calls. */
const MOST_SESSIONS = 7_500;
const MOST_CALLS = 750;

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'crowd', version: '1' },
  },
});
const call = (id: number, name: string): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name } });

jest.setTimeout(240_000);

describe.each(PLATFORMS)(
  'a flood of anonymous clients at one loopback address, on %s',
  (platform) => {
    let server: CrowdProcess;

    beforeAll(async () => {
      server = await CrowdProcess.start(platform);
    });

    afterAll(() => server.stop());

    /** The CPU time of the server for each session that is opened, and the number of sessions. */
    const flood = async (times: number): Promise<{ opened: number; cpuMs: number }> => {
      const before = await server.kept();
      let opened = 0;
      for (let from = 0; from < times; from += ABREAST) {
        const answers = await Promise.all(
          Array.from({ length: ABREAST }, async () => server.post(INITIALIZE)),
        );
        opened += answers.filter(({ status }) => status === 200).length;
      }
      const { cpuMs } = await server.kept();
      return { opened, cpuMs: (cpuMs - before.cpuMs) / times };
    };

    it('locks no client out', async () => {
      const alice = { user: 'alice' };
      const { session = '' } = await server.post(INITIALIZE, alice);
      const empty = await flood(FLOOD / 4);
      await flood((FLOOD * 3) / 4);
      const full = await flood(FLOOD / 4);
      const { sessions } = await server.kept();
      const known = await server.post(call(2, 'echo'), { ...alice, 'mcp-session-id': session });
      const later = await server.post(INITIALIZE, { user: 'bob' });
      const anonymous = await server.post(INITIALIZE);
      process.stdout.write(
        `${platform}: ${sessions} sessions after ${FLOOD + FLOOD / 4} initialize (bound ${MOST_SESSIONS + 1}), ${empty.cpuMs.toFixed(2)} ms of CPU each, ${full.cpuMs.toFixed(2)} when full (bound 3 times as much)\n`,
      );
      expect(sessions).toBeLessThanOrEqual(MOST_SESSIONS + 1);
      expect([known.status, later.status, anonymous.status]).toEqual([200, 200, 200]);
      expect(full.opened).toBeGreaterThanOrEqual(FLOOD / 4);
      expect(full.cpuMs).toBeLessThan(3 * empty.cpuMs);
    });

    it('has at most as many calls as the process may run, including those of sessions', async () => {
      for (let nth = 0; nth < 150; nth++) {
        const { session = '' } = await server.post(INITIALIZE);
        for (let id = 0; id < 16; id++)
          server.hold(call(id, 'deaf'), { 'mcp-session-id': session });
      }
      const { running } = await server.until(({ running: now }) => now >= MOST_CALLS);
      const refused = await server.post(INITIALIZE);
      const more = await server.post(call(1, 'echo'), { 'mcp-session-id': refused.session ?? '' });
      const bob = { user: 'bob' };
      const { session = '' } = await server.post(INITIALIZE, bob);
      const known = await server.post(call(1, 'echo'), { ...bob, 'mcp-session-id': session });
      process.stdout.write(
        `${platform}: ${running} of 2,400 calls of 150 sessions run (bound ${MOST_CALLS}); the next is answered ${more.status}, that of a user ${known.status}\n`,
      );
      expect(running).toBeLessThanOrEqual(MOST_CALLS);
      expect([more.status, known.status]).toEqual([503, 200]);
    });
  },
);
