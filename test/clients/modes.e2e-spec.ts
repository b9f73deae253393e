import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { ConnectedClient } from '../support/app/clients/connected-client.js';
import { CLIENTS, PIN } from '../support/app/clients/every-client.js';
import { EveryClientTools } from '../support/app/clients/every-client.tools.js';
import { itServes } from '../support/app/clients/it-serves.js';
import { sessionsOf } from '../support/wire/sessions-of.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const MODES = [
  { name: 'without sessions', streamableHttp: { sessions: false } },
  { name: 'with JSON alone', streamableHttp: { json: true } },
  { name: 'without sessions, with JSON alone', streamableHttp: { sessions: false, json: true } },
] as const;

const HTTP_CLIENTS = CLIENTS.filter(({ path }) => path === '/mcp');

/** Sends the header of its revision only with a session id, and so speaks the revision before the header. */
const SILENT = 'a line reader';

describe.each(PLATFORMS)('an application on %s', (platform) => {
  describe.each(MODES)('$name', ({ streamableHttp }) => {
    const { sessions, json } = { sessions: true, json: false, ...streamableHttp };
    let app: INestApplication;
    let url: URL;

    beforeAll(async () => {
      const mcp = { transports: { sse: false, streamableHttp } };
      ({ app, url } = await startApp({ platform, providers: [EveryClientTools], mcp }));
    });

    afterAll(async () => {
      (app.getHttpServer() as Server).closeAllConnections();
      await app.close();
    });

    describe.each(HTTP_CLIENTS)('serves $client', ({ client: name, connect, revision }) => {
      let client: ConnectedClient;
      const isStateless = revision === PIN.pin;
      const spoken = name === SILENT && !sessions ? '2025-03-26' : revision;

      beforeAll(async () => {
        client = await connect(new URL('/mcp', url));
      });

      itServes({
        client: () => client,
        revision: spoken,
        run: name,
        cancelled: `The client ${isStateless ? 'left' : 'cancelled the call: enough'}`,
        without: [
          // A JSON response cannot carry earlier notifications. The test of cancellation waits for progress, too.
          ...(json ? (['progress', 'cancellation'] as const) : []),
          // Cancellation is a message of the session; without a session, no message reaches the call.
          ...(!sessions && !isStateless ? (['cancellation'] as const) : []),
        ],
      });

      it('leaves nothing behind', async () => {
        await client.endSession().catch(() => undefined);
        await client.close();
        await sessionsOf(app).untilEmpty();
        expect(sessionsOf(app).size).toBe(0);
      });
    });
  });
});
