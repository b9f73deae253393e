import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { ConnectedClient, Told } from './support/clients/connected-client.js';
import { EVERY_TOOL, EveryClientTools } from './support/clients/every-client.tools.js';
import { type Connect, sdk1, sdk100, sdk112, sdk2 } from './support/clients/sdk-clients.js';
import { sessionsOf } from './support/sessions-of.js';
import { PLATFORMS, startApp } from './support/test-app.js';

interface Row {
  readonly client: string;
  readonly path: '/sse' | '/mcp';
  readonly connect: Connect;
  readonly revision: string;
}

const PIN = { pin: '2026-07-28' };

const CLIENTS: readonly Row[] = [
  // It has no Streamable HTTP.
  { client: 'SDK 1.0.4', path: '/sse', connect: sdk100, revision: '2024-11-05' },
  { client: 'SDK 1.12.0', path: '/sse', connect: sdk112('sse'), revision: '2025-03-26' },
  { client: 'SDK 1.12.0', path: '/mcp', connect: sdk112('http'), revision: '2025-03-26' },
  { client: 'SDK 1.32.2', path: '/sse', connect: sdk1('sse'), revision: '2025-11-25' },
  { client: 'SDK 1.32.2', path: '/mcp', connect: sdk1('http'), revision: '2025-11-25' },
  { client: 'v2 legacy', path: '/sse', connect: sdk2('legacy', 'sse'), revision: '2025-11-25' },
  { client: 'v2 legacy', path: '/mcp', connect: sdk2('legacy', 'http'), revision: '2025-11-25' },
  { client: 'v2 auto', path: '/sse', connect: sdk2('auto', 'sse'), revision: '2025-11-25' },
  { client: 'v2 auto', path: '/mcp', connect: sdk2('auto', 'http'), revision: '2026-07-28' },
  { client: 'v2 pinned', path: '/mcp', connect: sdk2(PIN, 'http'), revision: '2026-07-28' },
];
const STRUCTURED = ['2025-06-18', '2025-11-25', '2026-07-28'];

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

    it(`speaks ${revision}`, async () => {
      expect(await client.call('revision')).toMatchObject({
        content: [{ type: 'text', text: revision }],
      });
    });

    it('is listed', async () => {
      expect(await client.list()).toEqual(EVERY_TOOL);
    });

    it('is called', async () => {
      const input = 'héllo 🌍\u2028\r\n';
      expect(await client.call('echo', { input })).toMatchObject({
        content: [{ type: 'text', text: input }],
      });
    });

    it('gives structured content where the revision has it', async () => {
      const forecast = { city: 'Bern', degrees: 21 };
      const result = await client.call('forecast', { city: 'Bern' });
      expect(result).toMatchObject({
        content: [{ type: 'text', text: JSON.stringify(forecast) }],
      });
      expect((result as { structuredContent?: unknown }).structuredContent).toEqual(
        STRUCTURED.includes(revision) ? forecast : undefined,
      );
    });

    it('answers what fails with a result', async () => {
      expect(await client.call('refuse')).toMatchObject({
        isError: true,
        content: [{ type: 'text', text: 'There is no order 7' }],
      });
      expect(await client.call('echo', { input: 7 })).toMatchObject({ isError: true });
    });

    it('refuses a tool that it does not have', async () => {
      await expect(client.call('nothing')).rejects.toMatchObject({ code: -32602 });
    });

    it('tells progress', async () => {
      const told: Told[] = [];
      const onprogress = (progress: Told): void => {
        if (told.push(progress) === 3) void client.call('release', { run });
      };
      expect(await client.call('steps', { run }, { onprogress })).toMatchObject({
        content: [{ type: 'text', text: 'done' }],
      });
      expect(told).toEqual(
        [1, 2, 3].map((progress) =>
          expect.objectContaining({ progress, total: 3, message: `step ${progress}` }),
        ),
      );
    });

    it('aborts the signal of a call that is cancelled', async () => {
      const abort = new AbortController();
      const onprogress = (): void => abort.abort('enough');
      const call = client.call('wait', { run }, { onprogress, signal: abort.signal });
      await expect(call.catch(() => 'rejected')).resolves.toBe('rejected');
      // Without sessions there is no message that cancels: the client leaves.
      const reason = revision === PIN.pin ? 'left' : 'cancelled the call: enough';
      expect(await client.call('reason', { run })).toMatchObject({
        content: [{ type: 'text', text: `The client ${reason}` }],
      });
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
