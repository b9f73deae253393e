import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { ConnectedClient } from '../support/app/clients/connected-client.js';
import { CLIENTS, PIN } from '../support/app/clients/every-client.js';
import { EveryClientTools } from '../support/app/clients/every-client.tools.js';
import { itServes } from '../support/app/clients/it-serves.js';
import { sdk2 } from '../support/app/clients/sdk-clients.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

describe.each(PLATFORMS)('an application on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  beforeAll(async () => {
    ({ app, url } = await startApp({ platform, providers: [EveryClientTools] }));
  });

  afterAll(async () => {
    // Clients open spare connections, and Node waits for those that never sent a request.
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
      // Without sessions no message cancels a call: the client closes its connection.
      cancelled: `The client ${revision === PIN.pin ? 'left' : 'cancelled the call: enough'}`,
    });

    it('has no session of the client after it has disconnected', async () => {
      await client.endSession();
      await client.close();
      await sessionsOf(app).untilEmpty();
      expect(sessionsOf(app).size).toBe(0);
    });
  });

  it('has no event stream for a client that requires 2026-07-28', async () => {
    await expect(sdk2(PIN, 'sse')(new URL('/sse', url))).rejects.toThrow();
    await sessionsOf(app).untilEmpty();
  });
});
