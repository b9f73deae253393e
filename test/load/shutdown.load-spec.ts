import { RawClient } from '../support/wire/raw-client.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS } from '../support/app/test-app.js';
import { AppProcess } from './app-process.js';

const IDLE_MS = 2_000;
const DRAIN_MS = 1_000;

describe.each(PLATFORMS)('a process that receives a termination signal, on %s', (platform) => {
  let app: AppProcess;

  afterEach(async () => {
    await app.kill();
  });

  const request = async (line: string, headers: Record<string, string>, body = '') => {
    const client = await RawClient.connect(app.url);
    const common = { Host: app.url.host, 'Content-Type': 'application/json', Accept: '*/*' };
    await client.request(line, { ...common, ...headers }, body);
    return client;
  };
  const HALF = { 'Content-Length': '1000' };

  it.each([
    ['idle', IDLE_MS, async () => []],
    [
      'with 50 streams',
      IDLE_MS,
      async () =>
        Promise.all(
          Array.from({ length: 50 }, async () => {
            const wire = await SseWire.open(new URL('/sse', app.url));
            await wire.initialize();
            return wire;
          }),
        ),
    ],
    [
      'with 50 refused POSTs, whose bodies do not come',
      IDLE_MS,
      async () =>
        Promise.all(
          Array.from({ length: 50 }, async () => {
            const client = await request('POST /mcp', { ...HALF, Host: 'evil.example' }, '{');
            await client.answer();
            return client;
          }),
        ),
    ],
    [
      'with a POST, whose body does not come',
      IDLE_MS,
      async () => [await request('POST /mcp', HALF, '{')],
    ],
    [
      'with a GET, whose body does not come',
      IDLE_MS,
      async () => [await request('GET /sse', HALF, '{')],
    ],
    [
      `with a guard that gives no verdict, drain ${DRAIN_MS} ms`,
      IDLE_MS + DRAIN_MS,
      async () => [
        await request(
          'POST /mcp',
          { 'X-Wait': 'yes', 'Content-Length': '40' },
          '{"jsonrpc":"2.0","id":1,"method":"ping"}',
        ),
      ],
    ],
  ])(
    'shuts down %s',
    async (what, bound, begin) => {
      app = await AppProcess.start(platform, DRAIN_MS);
      const clients = await begin();
      // The response follows what was sent before, so that has been read.
      await (await request('GET /nowhere', {})).answer();
      const took = await app.end();
      process.stdout.write(
        `${platform}, ${what}: exit after ${took.toFixed(0)} ms (bound ${bound})\n`,
      );
      expect(took).toBeLessThanOrEqual(bound);
      for (const client of clients) client.close();
    },
    60_000,
  );
});
