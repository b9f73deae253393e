import type { INestApplication } from '@nestjs/common';
import { equalIdsOverHttp, equalIdsOverSse } from '../support/wire/equal-ids.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { startApp } from '../support/app/test-app.js';

const CLIENTS = 200;
const CALLS = 250;

describe('200 clients with equal ids, 100,000 calls in total', () => {
  let app: INestApplication;
  let url: URL;

  beforeAll(async () => {
    ({ app, url } = await startApp({ providers: [ProbeTools] }));
  });

  afterAll(async () => {
    await app.close();
  });

  it.each([
    ['Streamable HTTP', equalIdsOverHttp],
    ['HTTP+SSE', equalIdsOverSse],
  ])(
    'receive only their own responses over %s',
    async (transport, run) => {
      const begin = performance.now();
      const { calls, foreign } = await run(url, CLIENTS, CALLS);
      const seconds = (performance.now() - begin) / 1_000;
      process.stdout.write(
        `${transport}: ${calls} calls of ${CLIENTS} clients in ${seconds.toFixed(1)} s (${Math.round(calls / seconds)}/s), ${foreign} foreign answers\n`,
      );
      expect(foreign).toBe(0);
    },
    600_000,
  );
});
