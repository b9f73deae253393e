import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { ConnectedClient } from './support/clients/connected-client.js';
import { EveryClientTools } from './support/clients/every-client.tools.js';
import { itServes } from './support/clients/it-serves.js';
import { LineClient } from './support/clients/line-client.js';
import { plainHttp, plainSse, plainStateless } from './support/clients/plain-clients.js';
import {
  baseResolving,
  type Connect,
  sdk1,
  sdk100,
  sdk112,
  sdk2,
} from './support/clients/sdk-clients.js';
import { sessionsOf } from './support/sessions-of.js';
import { PLATFORMS, startApp } from './support/test-app.js';

interface Row {
  readonly client: string;
  readonly path: '/sse' | '/mcp';
  readonly connect: Connect;
  readonly revision: string;
}

const PIN = { pin: '2026-07-28' };

const PLAIN: readonly Row[] = [
  ...['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'].map(
    (revision) =>
      ({
        client: `plain ${revision}`,
        path: '/sse',
        connect: plainSse(revision),
        revision,
      }) as const,
  ),
  ...['2025-03-26', '2025-06-18', '2025-11-25'].map(
    (revision) =>
      ({
        client: `plain ${revision}`,
        path: '/mcp',
        connect: plainHttp(revision),
        revision,
      }) as const,
  ),
  { client: 'plain 2026-07-28', path: '/mcp', connect: plainStateless, revision: '2026-07-28' },
];

const CLIENTS: readonly Row[] = [
  ...PLAIN,
  // It has no Streamable HTTP.
  { client: 'SDK 1.0.4', path: '/sse', connect: sdk100, revision: '2024-11-05' },
  { client: 'SDK 1.12.0', path: '/sse', connect: sdk112('sse'), revision: '2025-03-26' },
  { client: 'SDK 1.12.0', path: '/mcp', connect: sdk112('http'), revision: '2025-03-26' },
  { client: 'SDK 1.32.2', path: '/sse', connect: sdk1('sse'), revision: '2025-11-25' },
  { client: 'SDK 1.32.2', path: '/mcp', connect: sdk1('http'), revision: '2025-11-25' },
  { client: 'base-resolving', path: '/sse', connect: baseResolving, revision: '2025-11-25' },
  { client: 'v2 legacy', path: '/sse', connect: sdk2('legacy', 'sse'), revision: '2025-11-25' },
  { client: 'v2 legacy', path: '/mcp', connect: sdk2('legacy', 'http'), revision: '2025-11-25' },
  { client: 'v2 auto', path: '/sse', connect: sdk2('auto', 'sse'), revision: '2025-11-25' },
  { client: 'v2 auto', path: '/mcp', connect: sdk2('auto', 'http'), revision: '2026-07-28' },
  { client: 'v2 pinned', path: '/mcp', connect: sdk2(PIN, 'http'), revision: '2026-07-28' },
  {
    client: 'a line reader',
    path: '/sse',
    connect: async (url) => LineClient.sse(url),
    revision: '2025-11-25',
  },
  {
    client: 'a line reader',
    path: '/mcp',
    connect: async (url) => LineClient.http(url),
    revision: '2025-11-25',
  },
];

describe.each(PLATFORMS)('an application on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  beforeAll(async () => {
    ({ app, url } = await startApp({ platform, providers: [EveryClientTools] }));
  });

  afterAll(async () => {
    // Clients open connections to spare, and Node waits for those that never asked for anything.
    (app.getHttpServer() as Server).closeAllConnections();
    await app.close();
  });

  describe.each(CLIENTS)('with $client at $path', ({ client: name, path, connect, revision }) => {
    let client: ConnectedClient;
    const run = `${name}${path}`;

    beforeAll(async () => {
      client = await connect(new URL(path, url));
    });

    itServes({
      client: () => client,
      revision,
      run,
      // Without sessions there is no message that cancels: the client leaves.
      cancelled: `The client ${revision === PIN.pin ? 'left' : 'cancelled the call: enough'}`,
    });

    it('is free of its session once it has left', async () => {
      await client.endSession();
      await client.close();
      await sessionsOf(app).untilEmpty();
      expect(sessionsOf(app).size).toBe(0);
    });
  });

  it('has no event stream for a client that insists on 2026-07-28', async () => {
    await expect(sdk2(PIN, 'sse')(new URL('/sse', url))).rejects.toThrow();
    await sessionsOf(app).untilEmpty();
  });
});
